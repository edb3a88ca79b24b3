# Writes every operator out; gradients are collected in a dictionary; a stack of iterators.

# %% solution="order"
def order(root):
    found, seen = [], {id(root)}
    stack = [(root, iter(root.parents))]
    while stack:
        circle, rest = stack[-1]
        for parent in rest:
            if id(parent) not in seen:
                seen.add(id(parent))
                stack.append((parent, iter(parent.parents)))
                break
        else:
            stack.pop()
            found.append(circle)
    return found


# %% solution="value"
class Value:
    """Each operator written out, none made of another."""

    def __init__(self, data, parents=(), slopes=(), op=""):
        self.data, self.grad = float(data), 0.0
        self.parents, self.slopes, self.op = parents, slopes, op

    @classmethod
    def of(cls, other):
        return other if isinstance(other, cls) else cls(other)

    def __add__(self, other):
        other = Value.of(other)
        return Value(self.data + other.data, (self, other), (1, 1), "+")

    __radd__ = __add__

    def __sub__(self, other):
        other = Value.of(other)
        return Value(self.data - other.data, (self, other), (1, -1), "-")

    def __rsub__(self, other):
        return Value.of(other) - self

    def __mul__(self, other):
        other = Value.of(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data), "*")

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = Value.of(other)
        return Value(self.data / other.data, (self, other), (1 / other.data, -self.data / other.data**2), "/")

    def __rtruediv__(self, other):
        return Value.of(other) / self

    def __neg__(self):
        return Value(-self.data, (self,), (-1,), "-")

    def __pow__(self, n):
        return Value(math.pow(self.data, n), (self,), (n * math.pow(self.data, n - 1),), "^")

    def exp(self):
        e = math.exp(self.data)
        return Value(e, (self,), [e], "exp")

    def tanh(self):
        e = math.expm1(2 * self.data)
        t = e / (e + 2)
        return Value(t, (self,), [1 - t * t], "tanh")

    def sin(self):
        return Value(math.sin(self.data), (self,), [math.cos(self.data)], "sin")

    def backward(self):
        nodes = order(self)
        grads = dict.fromkeys(map(id, nodes), 0.0)
        grads[id(self)] = 1.0
        for node in nodes[::-1]:
            node.grad = grads[id(node)]
            for parent, slope in zip(node.parents, node.slopes):
                grads[id(parent)] += slope * node.grad


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
    padded = (1,) * (g.ndim - len(shape)) + tuple(shape)
    axes = tuple(i for i in range(g.ndim) if padded[i] != g.shape[i])
    return np.sum(g, axis=axes, keepdims=True).reshape(shape)


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
    return dict(line=11, a=2.0, b=2.0, c=2.0)[what]
