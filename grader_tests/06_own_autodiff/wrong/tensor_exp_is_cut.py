# Cuts what goes into the exponential at 20.
# loses: tensor-entries
# says: exp(a)

# %% solution="tensor"
class Tensor:

    __array_ufunc__ = None  # so that `array * tensor` asks the tensor, and not numpy

    def __init__(self, data, parents=(), pull=None, constant=False):
        self.data = np.asarray(data, dtype=float)
        self.grad = None
        self.constant = constant or (len(parents) > 0 and all(parent.constant for parent in parents))
        self.parents, self.pull = ((), None) if self.constant else (parents, pull)

    def log(self):
        return Tensor(np.log(self.data), (self,), lambda g: (g / self.data,))

    def __add__(self, other):
        other = as_tensor(other)
        shapes = self.data.shape, other.data.shape
        return Tensor(self.data + other.data, (self, other), lambda g: tuple(unbroadcast(g, s) for s in shapes))

    def __mul__(self, other):
        other = as_tensor(other)
        a, b = self.data, other.data
        return Tensor(a * b, (self, other), lambda g: (unbroadcast(g * b, a.shape), unbroadcast(g * a, b.shape)))

    def __pow__(self, n):
        a = self.data
        return Tensor(a**n, (self,), lambda g: (g * n * a ** (n - 1),))

    def exp(self):
        out = np.exp(np.minimum(self.data, 20))
        return Tensor(out, (self,), lambda g: (g * out,))

    def tanh(self):
        out = np.tanh(self.data)
        return Tensor(out, (self,), lambda g: (g * (1 - out**2),))

    def __matmul__(self, other):
        other = as_tensor(other)
        a, b = self.data, other.data
        return Tensor(a @ b, (self, other), lambda g: matmul_vjp(g, a, b))

    def backward(self):
        nodes = [node for node in order(self) if not node.constant]
        for node in nodes:
            node.grad = np.zeros_like(node.data)
        self.grad = np.ones_like(self.data)
        for node in reversed(nodes):
            for parent, part in zip(node.parents, node.pull(node.grad) if node.parents else ()):
                if not parent.constant:
                    parent.grad = parent.grad + part

    # Your functions at work: nothing to write here.
    def sum(self, axis=None):
        return Tensor(self.data.sum(axis), (self,), lambda g: (sum_vjp(g, self.data, axis),))

    def mean(self, axis=None):
        return Tensor(self.data.mean(axis), (self,), lambda g: (mean_vjp(g, self.data, axis),))

    def logsumexp(self, axis):
        return Tensor(logsumexp(self.data, axis), (self,), lambda g: (logsumexp_vjp(g, self.data, axis),))

    def __getitem__(self, index):
        return Tensor(self.data[index], (self,), lambda g: (index_vjp(g, self.data, index),))

    def reshape(self, *shape):
        return Tensor(self.data.reshape(*shape), (self,), lambda g: (g.reshape(self.data.shape),))

    @property
    def T(self):
        return Tensor(self.data.T, (self,), lambda g: (g.T,))

    # Made of the others.
    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rmatmul__(self, other):
        return as_tensor(other) @ self

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + other * -1

    def __rsub__(self, other):
        return self * -1 + other

    def __truediv__(self, other):
        return self * other**-1.0

    def __rtruediv__(self, other):
        return self**-1.0 * other


def as_tensor(value):
    return value if isinstance(value, Tensor) else Tensor(value, constant=True)
