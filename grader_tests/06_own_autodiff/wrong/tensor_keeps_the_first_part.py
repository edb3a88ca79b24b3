# Keeps the first part that arrives, and adds the others into it: into an array that is the gradient of another Tensor, too.
# loses: tensor-graph
# says: in the grad of two
# also: a factor 2

# %% solution="tensor"
class Tensor:
    """An array that remembers how it was made.

    Attributes:
        data: an array of floats.
        grad: after `loss.backward()` an array of the same shape; None before, and for ever in a constant.
        constant: whether no gradient is wanted: for data, and for what is made of data alone.
        parents: the Tensors that it was made from, a tuple.
        pull: what arrives at this Tensor -> a tuple of what goes to each parent.
    """

    __array_ufunc__ = None  # so that `array * tensor` asks the tensor, and not numpy

    def __init__(self, data, parents=(), pull=None, constant=False):
        self.data = np.asarray(data, dtype=float)
        self.grad = None
        self.constant = constant or (len(parents) > 0 and all(parent.constant for parent in parents))
        self.parents, self.pull = ((), None) if self.constant else (parents, pull)

    def log(self):
        """The pattern of every operation: array, parents, and what goes back to each of them."""
        return Tensor(np.log(self.data), (self,), lambda g: (g / self.data,))

    def __add__(self, other):
        """self + other, where other is a Tensor, or an array or number, which is a constant."""
        other = as_tensor(other)
        shapes = self.data.shape, other.data.shape
        return Tensor(self.data + other.data, (self, other), lambda g: tuple(unbroadcast(g, s) for s in shapes))

    def __mul__(self, other):
        """self * other, entry by entry; other is as in a sum."""
        other = as_tensor(other)
        a, b = self.data, other.data
        return Tensor(a * b, (self, other), lambda g: (unbroadcast(g * b, a.shape), unbroadcast(g * a, b.shape)))

    def __pow__(self, n):
        """self ** n, entry by entry, where n is a plain number."""
        a = self.data
        return Tensor(a**n, (self,), lambda g: (g * n * a ** (n - 1),))

    def exp(self):
        """e to the power of each entry."""
        out = np.exp(self.data)
        return Tensor(out, (self,), lambda g: (g * out,))

    def tanh(self):
        """The hyperbolic tangent of each entry."""
        out = np.tanh(self.data)
        return Tensor(out, (self,), lambda g: (g * (1 - out**2),))

    def __matmul__(self, other):
        """self @ other, both with two axes; other is as in a sum."""
        other = as_tensor(other)
        a, b = self.data, other.data
        return Tensor(a @ b, (self, other), lambda g: matmul_vjp(g, a, b))

    def backward(self):
        """Put into `grad` of each Tensor below this one, constants left out, how fast this one grows with it.

        This Tensor holds a single number. Always begins anew.
        """
        nodes = [node for node in order(self) if not node.constant]
        for node in nodes:
            node.grad = None
        self.grad = np.ones_like(self.data)
        for node in reversed(nodes):
            for parent, part in zip(node.parents, node.pull(node.grad) if node.parents else ()):
                if not parent.constant:
                    parent.grad = part if parent.grad is None else np.add(parent.grad, part, out=parent.grad)

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
    """A Tensor as it is; a plain array or number as a constant."""
    return value if isinstance(value, Tensor) else Tensor(value, constant=True)
