# A tape of all operations in the place of a graph, played backwards.

# %% solution="order"
def order(root):
    done, waiting = {}, [root]
    while waiting:
        circle = waiting[-1]
        missing = [parent for parent in circle.parents if id(parent) not in done]
        if missing:
            waiting.append(missing[0])
        else:
            done[id(circle)] = circle
            waiting.pop()
    return tuple(done.values())


# %% solution="value"
class Value:
    """A tape in the place of a graph: every operation is written down in the order in which it was done."""

    tape = []

    def __init__(self, data, op=""):
        self.data, self.grad, self.op, self.parents = float(data), 0.0, op, ()

    def _record(self, data, op, *pairs):
        out = Value(data, op)
        out.parents = tuple(parent for parent, _ in pairs)
        out.place = len(Value.tape)
        Value.tape.append((out, pairs))
        return out

    def sin(self):
        return self._record(math.sin(self.data), "sin", (self, math.cos(self.data)))

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return self._record(self.data + other.data, "+", (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return self._record(self.data * other.data, "*", (self, other.data), (other, self.data))

    def __pow__(self, n):
        return self._record(self.data**n, "^", (self, n * self.data ** (n - 1)))

    def exp(self):
        return self._record(math.exp(self.data), "exp", (self, math.exp(self.data)))

    def tanh(self):
        return self._record(math.tanh(self.data), "tanh", (self, 1 / math.cosh(self.data) ** 2))

    def backward(self):
        played = Value.tape[: getattr(self, "place", -1) + 1]
        for out, pairs in played:
            out.grad = 0.0
            for parent, _ in pairs:
                parent.grad = 0.0
        self.grad = 1.0
        for out, pairs in reversed(played):
            for parent, slope in pairs:
                parent.grad += out.grad * slope

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
    places = list(range(g.ndim))
    new = g.ndim - len(shape)
    kept = [new + i for i in range(len(shape)) if shape[i] != 1]
    return np.einsum(g, places, kept).reshape(shape)


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
    back_a = (b @ g.T).T
    back_b = (g.T @ a).T
    return back_a, back_b


# %% solution="index"
def index_vjp(g, x, index):
    result = np.zeros(np.shape(x))
    np.add.at(result, index, np.asarray(g))
    return result


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

    def __add__(self, other):
        other = as_tensor(other)
        return Tensor(
            self.data + other.data,
            (self, other),
            lambda g: [unbroadcast(g, one.data.shape) for one in (self, other)],
        )

    def __mul__(self, other):
        other = as_tensor(other)
        return Tensor(
            self.data * other.data,
            (self, other),
            lambda g: [unbroadcast(g * two.data, one.data.shape) for one, two in ((self, other), (other, self))],
        )

    def __pow__(self, n):
        return Tensor(np.power(self.data, n), (self,), lambda g: (g * (n * np.power(self.data, n - 1)),))

    def exp(self):
        e = np.exp(self.data)
        return Tensor(e, (self,), lambda g: (g * e,))

    def tanh(self):
        return Tensor(np.tanh(self.data), (self,), lambda g: (g / np.cosh(self.data) ** 2,))

    def __matmul__(self, other):
        other = as_tensor(other)
        return Tensor(self.data.dot(other.data), (self, other), lambda g: matmul_vjp(g, self.data, other.data))

    def backward(self):
        # Each Tensor owns the array in its grad from the start, so it may be added to in place.
        nodes = [node for node in order(self) if not node.constant]
        for node in nodes:
            node.grad = np.zeros_like(node.data)
        self.grad[...] = 1.0
        while nodes:
            node = nodes.pop()
            if node.parents:
                for parent, part in zip(node.parents, node.pull(node.grad)):
                    if not parent.constant:
                        parent.grad += part

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
