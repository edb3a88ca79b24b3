# A class for each operation; children are counted to find the order (Kahn).

# %% solution="order"
from collections import deque


def order(root):
    children, below, waiting = {id(root): 0}, {id(root): root}, [root]
    while waiting:
        for parent in waiting.pop().parents:
            if id(parent) not in below:
                below[id(parent)] = parent
                children[id(parent)] = 0
                waiting.append(parent)
    for circle in below.values():
        for parent in circle.parents:
            children[id(parent)] += 1
    ready, found = deque([root]), []
    while ready:
        circle = ready.popleft()
        found.append(circle)
        for parent in circle.parents:
            children[id(parent)] -= 1
            if children[id(parent)] == 0:
                ready.append(parent)
    return found[::-1]


# %% solution="value"
class Add:
    forward = staticmethod(lambda a, b: a + b)
    slopes = staticmethod(lambda out, a, b: (1.0, 1.0))


class Multiply:
    forward = staticmethod(lambda a, b: a * b)
    slopes = staticmethod(lambda out, a, b: (b, a))


class Power:
    forward = staticmethod(lambda a, n: a**n)
    slopes = staticmethod(lambda out, a, n: (n * a ** (n - 1), 0.0))


class Exp:
    forward = staticmethod(math.exp)
    slopes = staticmethod(lambda out, a: (out,))


class Tanh:
    forward = staticmethod(math.tanh)
    slopes = staticmethod(lambda out, a: (1 - out * out,))


class Sin:
    forward = staticmethod(math.sin)
    slopes = staticmethod(lambda out, a: (math.cos(a),))


class Value:
    """A class for each operation, and one way to apply them."""

    def __init__(self, data, parents=(), operation=None):
        self.data, self.grad = float(data), 0.0
        self.parents, self.operation = parents, operation
        self.op = operation.__name__ if operation else ""

    @staticmethod
    def apply(operation, *operands):
        parents = tuple(one if isinstance(one, Value) else Value(one) for one in operands)
        return Value(operation.forward(*(parent.data for parent in parents)), parents, operation)

    def __add__(self, other):
        return Value.apply(Add, self, other)

    def __mul__(self, other):
        return Value.apply(Multiply, self, other)

    def __pow__(self, n):
        return Value.apply(Power, self, n)

    def exp(self):
        return Value.apply(Exp, self)

    def tanh(self):
        return Value.apply(Tanh, self)

    def sin(self):
        return Value.apply(Sin, self)

    def backward(self):
        grads = {id(self): 1.0}
        for node in reversed(order(self)):
            node.grad = grads[id(node)]
            if node.parents:
                slopes = node.operation.slopes(node.data, *(parent.data for parent in node.parents))
                for parent, slope in zip(node.parents, slopes):
                    grads[id(parent)] = grads.get(id(parent), 0.0) + node.grad * slope

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

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


# %% solution="checker"
def gradient_check(f, gradient, x, eps=1e-5):
    moved, found = np.array(x), np.empty_like(x)
    for place, value in np.ndenumerate(x):
        moved[place] = value + eps
        above = f(moved)
        moved[place] = value - eps
        below = f(moved)
        moved[place] = value
        found[place] = (above - below) / 2 / eps
    length = lambda a: float(np.linalg.norm(np.asarray(a).ravel()))
    return length(gradient - found) / (length(gradient) + length(found))


# %% solution="unbroadcast"
def unbroadcast(g, shape):
    padded = (1,) * (g.ndim - len(shape)) + tuple(shape)
    axes = tuple(i for i in range(g.ndim) if padded[i] != g.shape[i])
    return np.sum(g, axis=axes, keepdims=True).reshape(shape)


# %% solution="reductions"
def sum_vjp(g, x, axis=None):
    back = np.zeros(x.shape)
    if axis is None:
        return back + g
    np.moveaxis(back, axis, 0)[...] = g
    return back


def mean_vjp(g, x, axis=None):
    return sum_vjp(g, x, axis) * (np.size(x.mean(axis)) / x.size)


# %% solution="matmul"
def matmul_vjp(g, a, b):
    return np.einsum("nm,km->nk", g, b), np.einsum("nk,nm->km", a, g)


# %% solution="index"
def index_vjp(g, x, index):
    numbers = np.arange(x.size).reshape(x.shape)[index]
    back = np.zeros(x.size)
    for number, part in zip(np.ravel(numbers), np.ravel(np.broadcast_to(g, np.shape(numbers)))):
        back[number] += part
    return back.reshape(x.shape)


# %% solution="logsumexp"
def logsumexp(x, axis):
    rows = np.moveaxis(x, axis, -1)
    top = np.amax(rows, axis=-1)
    return top + np.log(np.exp(rows - top[..., None]).sum(axis=-1))


def logsumexp_vjp(g, x, axis):
    rows = np.moveaxis(x, axis, -1)
    softmax = np.exp(rows - logsumexp(x, axis)[..., None])
    return np.moveaxis(softmax * np.asarray(g)[..., None], -1, axis)


# %% solution="tensor"
class Tensor:
    __array_ufunc__ = None

    def __init__(self, data, parents=(), pull=None, constant=False):
        self.data = np.asarray(data, dtype=float)
        self.grad = None
        self.constant = constant or (len(parents) > 0 and all(parent.constant for parent in parents))
        self.parents, self.pull = ((), None) if self.constant else (parents, pull)

    def log(self):
        return Tensor(np.log(self.data), (self,), lambda g: (g / self.data,))

    def _two(self, other, out, back_self, back_other):
        def pull(g):
            return unbroadcast(back_self(g), self.data.shape), unbroadcast(back_other(g), other.data.shape)

        return Tensor(out, (self, other), pull)

    def _one(self, out, slope):
        return Tensor(out, (self,), lambda g: (g * slope,))

    def __add__(self, other):
        other = as_tensor(other)
        return self._two(other, self.data + other.data, lambda g: g, lambda g: g)

    def __mul__(self, other):
        other = as_tensor(other)
        return self._two(other, self.data * other.data, lambda g: g * other.data, lambda g: g * self.data)

    def __pow__(self, n):
        return self._one(self.data**n, n * self.data ** (n - 1))

    def exp(self):
        return self._one(np.exp(self.data), np.exp(self.data))

    def tanh(self):
        return self._one(np.tanh(self.data), 1 - np.tanh(self.data) ** 2)

    def __matmul__(self, other):
        other = as_tensor(other)
        return Tensor(self.data @ other.data, (self, other), lambda g: tuple(matmul_vjp(g, self.data, other.data)))

    def backward(self):
        # What is on its way stands in a dictionary until its turn comes.
        arrived = {id(self): [np.ones_like(self.data)]}
        for node in reversed(order(self)):
            if node.constant:
                continue
            node.grad = sum(arrived.pop(id(node)), np.zeros_like(node.data))
            for parent, part in zip(node.parents, node.pull(node.grad) if node.pull else ()):
                arrived.setdefault(id(parent), []).append(part)

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


# %% solution="notebooks"
def sigmoid(z):
    e = z.exp()
    return e / (e + 1)


def xor_loss(W, b, v, c, X, y):
    z = X @ W + b
    mask = (z.data > 0).astype(float)
    s = (mask * z) @ v + c
    # ln(1 + e^s) is logsumexp of 0 and s, side by side.
    pair = s * np.array([[0.0, 1.0]])
    return (pair.logsumexp(1) - (s * y).sum(1)).sum()


def mlp_loss(thetas, X, y):
    a = np.asarray(X)
    for theta in thetas:
        W, b = theta[:, 1:], theta[:, :1]
        a = sigmoid((W @ a.T + b).T)
    return ((y - a) ** 2).sum() / np.size(y)


def digit_loss(weights, biases, sample, label):
    a, last = sample, len(weights) - 1
    for number, (W, b) in enumerate(zip(weights, biases)):
        a = a @ W + b
        if number < last:
            a = sigmoid(a)
    chosen = np.zeros(a.data.shape)
    chosen[0, label] = 1
    return a.logsumexp(axis=1).sum() - (a * chosen).sum()


def tanh_loss(w1, w2, b, x, t):
    a = (x * w1).tanh()
    y = (a * w2 + b).tanh()
    return 0.5 * (t - y) ** 2


# %% solution="parts"
class Linear:
    def __init__(self, n_in, n_out, rng):
        self.W, self.b = Tensor(rng.normal(0, 1 / np.sqrt(n_in), (n_in, n_out))), Tensor(np.zeros(n_out))
        self.both = [self.W, self.b]

    def __call__(self, x):
        product = x @ self.W
        return product + self.b

    def parameters(self):
        return list(self.both)


class Adam:
    beta, gamma, small = 0.9, 0.999, 1e-8

    def __init__(self, parameters, rate):
        self.parameters, self.rate = list(parameters), rate
        self.m = {id(p): np.zeros(np.shape(p.data)) for p in parameters}
        self.v = {id(p): np.zeros(np.shape(p.data)) for p in parameters}
        self.powers = [1.0, 1.0]

    def step(self):
        self.powers = [self.powers[0] * self.beta, self.powers[1] * self.gamma]
        for p in self.parameters:
            m, v = self.m[id(p)], self.v[id(p)]
            m *= self.beta
            m += (1 - self.beta) * p.grad
            v *= self.gamma
            v += (1 - self.gamma) * p.grad**2
            p.data -= self.rate * (m / (1 - self.powers[0])) / np.sqrt(v / (1 - self.powers[1]) + self.small)


# %% solution="letters"
def letters_logits(table, layers, contexts):
    n = len(contexts)
    hot = np.eye(table.data.shape[0])[contexts.reshape(-1)]
    h = (hot @ table).reshape(n, -1)
    *most, last = layers
    for layer in most:
        h = layer(h).tanh()
    return last(h)


def letters_loss(table, layers, contexts, targets):
    logits = letters_logits(table, layers, contexts)
    hot = np.eye(logits.data.shape[1])[targets]
    return (logits.logsumexp(1) - (logits * hot).sum(1)).mean()


# %% solution="train"
def train(loss_of, optimizer, batches):
    losses = np.zeros(len(batches))
    for number, batch in enumerate(batches):
        loss = loss_of(batch)
        losses[number] = loss.data
        loss.backward()
        optimizer.step()
    return losses.tolist()


def write(odds, rng, longest=15):
    letters = [0, 0, 0]
    while True:
        if len(letters) == longest + 3:
            return letters[3:]
        letters.append(rng.choice(np.arange(27), p=odds(letters[-3:])).item())
        if letters[-1] == 0:
            return letters[3:-1]


# %% solution="hunt"
def hunt(what):
    return dict(line=11, a=2.0, b=2.0, c=2.0)[what]
