# Functions that push gradients back, as in micrograd; recursion with a raised limit.

# %% solution="order"
import sys


def order(root):
    sys.setrecursionlimit(100_000)
    found, seen = [], set()

    def visit(circle):
        if id(circle) in seen:
            return
        seen.add(id(circle))
        for parent in circle.parents:
            visit(parent)
        found.append(circle)

    visit(root)
    return found


# %% solution="value"
class Value:
    """As in micrograd: each operation leaves a function that pushes its gradient back."""

    def __init__(self, data, parents=(), op=""):
        self.data = float(data)
        self.grad = 0.0
        self.parents, self.op = tuple(parents), op
        self._backward = lambda: None

    def sin(self):
        out = Value(math.sin(self.data), (self,), "sin")

        def _backward():
            self.grad += math.cos(self.data) * out.grad

        out._backward = _backward
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), "+")

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,), "power")

        def _backward():
            self.grad += n * self.data ** (n - 1) * out.grad

        out._backward = _backward
        return out

    def exp(self):
        out = Value(math.exp(self.data), (self,), "exp")

        def _backward():
            self.grad += out.data * out.grad

        out._backward = _backward
        return out

    def tanh(self):
        t = (math.exp(2 * self.data) - 1) / (math.exp(2 * self.data) + 1)
        out = Value(t, (self,), "tanh")

        def _backward():
            self.grad += (1 - t**2) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        nodes = order(self)
        for node in nodes:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(nodes):
            node._backward()

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
    found = []
    for number in range(x.size):
        up, down = x.copy(), x.copy()
        up.flat[number] += eps
        down.flat[number] -= eps
        found.append((f(up) - f(down)) / (2 * eps))
    claimed, found = np.ravel(gradient), np.array(found)
    return np.sqrt(np.sum((claimed - found) ** 2)) / (np.sqrt(np.sum(claimed**2)) + np.sqrt(np.sum(found**2)))


# %% solution="unbroadcast"
def unbroadcast(g, shape):
    while np.ndim(g) > len(shape):
        g = g.sum(axis=0)
    for axis, length in enumerate(shape):
        if length == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


# %% solution="reductions"
def sum_vjp(g, x, axis=None):
    g = np.asarray(g, dtype=float)
    if axis is not None:
        g = np.expand_dims(g, axis)
    return np.broadcast_to(g, x.shape).copy()


def mean_vjp(g, x, axis=None):
    return sum_vjp(np.asarray(g) / (np.size(x) if axis is None else np.size(x, axis)), x, axis)


# %% solution="matmul"
def matmul_vjp(g, a, b):
    return [np.dot(g, np.transpose(b)), np.dot(np.transpose(a), g)]


# %% solution="index"
def index_vjp(g, x, index):
    numbers = np.arange(x.size).reshape(x.shape)[index]
    parts = np.broadcast_to(g, np.shape(numbers))
    return np.bincount(np.ravel(numbers), weights=np.ravel(parts), minlength=x.size).reshape(x.shape)


# %% solution="logsumexp"
def logsumexp(x, axis):
    return np.logaddexp.reduce(x, axis=axis)


def logsumexp_vjp(g, x, axis):
    whole = np.logaddexp.reduce(x, axis=axis, keepdims=True)
    return np.exp(x - whole) * np.expand_dims(g, axis)


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

    def __add__(self, other):
        other = as_tensor(other)

        def pull(g):
            return unbroadcast(g, self.data.shape), unbroadcast(g, other.data.shape)

        return Tensor(self.data + other.data, (self, other), pull)

    def __mul__(self, other):
        other = as_tensor(other)

        def pull(g):
            return unbroadcast(g * other.data, self.data.shape), unbroadcast(self.data * g, other.data.shape)

        return Tensor(np.multiply(self.data, other.data), (self, other), pull)

    def __pow__(self, n):
        return Tensor(self.data**n, (self,), lambda g: [n * self.data ** (n - 1) * g])

    def exp(self):
        out = Tensor(np.exp(self.data), (self,), lambda g: (out.data * g,))
        return out

    def tanh(self):
        out = Tensor(np.tanh(self.data), (self,), lambda g: ((1 - out.data * out.data) * g,))
        return out

    def __matmul__(self, other):
        other = as_tensor(other)
        return Tensor(np.matmul(self.data, other.data), (self, other), lambda g: matmul_vjp(g, self.data, other.data))

    def backward(self):
        nodes = order(self)
        for node in nodes:
            if not node.constant:
                node.grad = np.zeros(node.data.shape)
        self.grad = np.ones(self.data.shape)
        for node in nodes[::-1]:
            if node.pull is None:
                continue
            for parent, part in zip(node.parents, node.pull(node.grad)):
                if not parent.constant:
                    parent.grad = parent.grad + part

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
    return 1 / (1 + (-z).exp())


def xor_loss(W, b, v, c, X, y):
    z = X @ W + b
    a = z * np.where(z.data > 0, 1.0, 0.0)
    s = a @ v + c
    return (s.exp() + 1).log().sum() - (y * s).sum()


def mlp_loss(thetas, X, y):
    for theta in thetas:
        X = sigmoid(X @ theta[:, 1:].T + theta[:, 0])
    error = y - X
    return (error * error).mean()


def digit_loss(weights, biases, sample, label):
    z = sample @ weights[0] + biases[0]
    for W, b in zip(weights[1:], biases[1:]):
        z = sigmoid(z) @ W + b
    return z.logsumexp(1)[0] - z[0, label]


def tanh_loss(w1, w2, b, x, t):
    miss = (w2 * (w1 * x).tanh() + b).tanh() - t
    return miss * miss / 2


# %% solution="parts"
class Linear:
    def __init__(self, n_in, n_out, rng):
        spread = n_in**-0.5
        self.W = Tensor(rng.normal(0.0, spread, size=(n_in, n_out)))
        self.b = Tensor(np.zeros((n_out,)))

    def __call__(self, x):
        return self.b + x @ self.W

    def parameters(self):
        return [self.W, self.b]


class Adam:
    def __init__(self, parameters, rate):
        self.rate, self.t = rate, 0
        self.memory = [[parameter, 0.0, 0.0] for parameter in parameters]

    def step(self):
        self.t = self.t + 1
        for entry in self.memory:
            parameter, m, v = entry
            g = np.asarray(parameter.grad)
            entry[1] = m = m + (1 - 0.9) * (g - m)
            entry[2] = v = v + (1 - 0.999) * (g * g - v)
            hat_m, hat_v = m / (1 - 0.9**self.t), v / (1 - 0.999**self.t)
            parameter.data = parameter.data - self.rate * hat_m / (hat_v + 1e-8) ** 0.5


# %% solution="letters"
def letters_logits(table, layers, contexts):
    rows = table[contexts]
    out = layers[0](rows.reshape(contexts.shape[0], -1))
    for layer in layers[1:]:
        out = layer(out.tanh())
    return out


def letters_loss(table, layers, contexts, targets):
    n = len(contexts)
    logits = letters_logits(table, layers, contexts)
    right = logits[list(range(n)), list(targets)]
    return logits.logsumexp(axis=1).mean() - right.sum() / n


# %% solution="train"
def train(loss_of, optimizer, batches):
    def one(batch):
        loss = loss_of(batch)
        before = float(loss.data)
        loss.backward()
        optimizer.step()
        return before

    return [one(batch) for batch in batches]


def write(odds, rng, longest=15):
    word, three = [], (0, 0, 0)
    for _ in range(longest):
        letter = rng.choice(27, p=odds(list(three)))
        if not letter:
            return word
        word.append(int(letter))
        three = (*three[1:], int(letter))
    return word


# %% solution="hunt"
def hunt(what):
    if what == "line":
        return 13
    return 2
