# Waits until all children have spoken, without a list made beforehand.

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
class Value:
    """Waits until every child has spoken, then passes on: no list is made beforehand."""

    def __init__(self, data, parents=(), pulls=(), op=""):
        self.data, self.grad, self.parents, self.pulls, self.op = float(data), 0.0, parents, pulls, op

    def _lift(self, other):
        return other if isinstance(other, Value) else Value(other)

    def sin(self):
        return Value(math.sin(self.data), (self,), (lambda g: g * math.cos(self.data),), "sin")

    def __add__(self, other):
        other = self._lift(other)
        return Value(self.data + other.data, (self, other), (lambda g: g, lambda g: g), "+")

    def __mul__(self, other):
        other = self._lift(other)
        return Value(self.data * other.data, (self, other), (lambda g: g * other.data, lambda g: g * self.data), "*")

    def __pow__(self, n):
        return Value(self.data**n, (self,), (lambda g: g * n * self.data ** (n - 1),), "^")

    def exp(self):
        out = Value(np.exp(self.data), (self,), (lambda g: g * out.data,), "exp")
        return out

    def tanh(self):
        out = Value(np.tanh(self.data), (self,), (lambda g: g * (1 - out.data) * (1 + out.data),), "tanh")
        return out

    def backward(self):
        waiting_for, seen, stack = {}, {id(self)}, [self]
        while stack:
            node = stack.pop()
            node.grad = 0.0
            for parent in node.parents:
                waiting_for[id(parent)] = waiting_for.get(id(parent), 0) + 1
                if id(parent) not in seen:
                    seen.add(id(parent))
                    stack.append(parent)
        self.grad, ready = 1.0, [self]
        while ready:
            node = ready.pop()
            for parent, pull in zip(node.parents, node.pulls):
                parent.grad = parent.grad + pull(node.grad)
                waiting_for[id(parent)] -= 1
                if not waiting_for[id(parent)]:
                    ready.append(parent)

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
    while np.ndim(g) > len(shape):
        g = g.sum(axis=0)
    for axis, length in enumerate(shape):
        if length == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


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
    return [np.dot(g, np.transpose(b)), np.dot(np.transpose(a), g)]


# %% solution="index"
def index_vjp(g, x, index):
    numbers = np.arange(x.size).reshape(x.shape)[index]
    parts = np.broadcast_to(g, np.shape(numbers))
    return np.bincount(np.ravel(numbers), weights=np.ravel(parts), minlength=x.size).reshape(x.shape)


# %% solution="logsumexp"
def logsumexp(x, axis):
    top = np.max(x, axis, keepdims=True)
    rest = np.sum(np.exp(x - top), axis, keepdims=True) - 1
    return (top + np.log1p(rest)).sum(axis)


def logsumexp_vjp(g, x, axis):
    shifted = np.exp(x - np.max(x, axis, keepdims=True))
    share = shifted / np.sum(shifted, axis, keepdims=True)
    return share * np.expand_dims(np.asarray(g, dtype=float), axis)


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
    if what == "line":
        return 13
    return 2
