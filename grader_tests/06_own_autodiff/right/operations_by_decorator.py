# Operations made by a decorator, gradients kept in a dict outside the nodes, a generator for the optimizer.

# %% solution="order"
def order(root):
    from collections import deque

    done, ids, stack = deque(), {id(root)}, [(root, iter(root.parents))]
    while stack:
        node, rest = stack[-1]
        for parent in rest:
            if id(parent) not in ids:
                ids.add(id(parent))
                stack.append((parent, iter(parent.parents)))
                break
        else:
            done.append(node)
            stack.pop()
    return list(done)


# %% solution="value"
def operation(sign):
    def wrap(function):
        def made(self, *others):
            others = [o if isinstance(o, Value) or sign == "^" else Value(o) for o in others]
            number, slopes = function(self.data, *(getattr(o, "data", o) for o in others))
            return Value(number, (self, *(o for o in others if isinstance(o, Value))), slopes, sign)

        return made

    return wrap


class Value:
    def __init__(self, data, parents=(), slopes=(), op=""):
        self.data, self.grad = float(data), 0.0
        self.parents, self.slopes, self.op = parents, slopes, op

    def sin(self):
        return Value(math.sin(self.data), (self,), (math.cos(self.data),), "sin")

    __add__ = operation("+")(lambda a, b: (a + b, (1.0, 1.0)))
    __mul__ = operation("×")(lambda a, b: (a * b, (b, a)))
    __pow__ = operation("^")(lambda a, n: (a**n, (n * a ** (n - 1),)))
    exp = operation("exp")(lambda a: (math.exp(a), (math.exp(a),)))
    tanh = operation("tanh")(lambda a: (math.tanh(a), (1 - math.tanh(a) ** 2,)))

    def backward(self):
        line = order(self)
        for node in line:
            node.grad = float(node is self)
        for node in line[::-1]:
            for parent, slope in zip(node.parents, node.slopes):
                parent.grad += slope * node.grad

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
    moved = np.array(x, dtype=float)
    measured = np.empty_like(moved)
    with np.nditer(moved, flags=["multi_index"], op_flags=["readwrite"]) as places:
        for entry in places:
            here, before = places.multi_index, float(entry)
            moved[here] = before + eps
            up = f(moved.copy())
            moved[here] = before - eps
            measured[here] = (up - f(moved.copy())) / (2 * eps)
            moved[here] = before
    norm = lambda a: float(np.linalg.norm(np.ravel(a)))
    return norm(gradient - measured) / (norm(gradient) + norm(measured))


# %% solution="unbroadcast"
def unbroadcast(g, shape):
    full = (1,) * (g.ndim - len(shape)) + tuple(shape)
    axes = tuple(axis for axis in range(g.ndim) if full[axis] == 1)
    return np.reshape(np.sum(g, axis=axes, keepdims=True), shape)


# %% solution="reductions"
def sum_vjp(g, x, axis=None):
    shape = list(x.shape)
    if axis is None:
        return np.full(x.shape, g, dtype=float)
    shape[axis] = 1
    return np.zeros(x.shape) + np.reshape(g, shape)


def mean_vjp(g, x, axis=None):
    return sum_vjp(np.divide(g, x.size if axis is None else x.shape[axis]), x, axis)


# %% solution="matmul"
def matmul_vjp(g, a, b):
    return np.inner(g, b), np.tensordot(a, g, axes=(0, 0))


# %% solution="index"
def index_vjp(g, x, index):
    back = np.zeros(x.shape)
    np.add.at(back, index, np.asarray(g))
    return back


# %% solution="logsumexp"
def logsumexp(x, axis):
    def one(row):
        return (m := max(row)) + np.log(sum(np.exp(v - m) for v in row))

    return np.apply_along_axis(one, axis, x)


def logsumexp_vjp(g, x, axis):
    shifted = x - np.max(x, axis=axis, keepdims=True)
    softmax = np.exp(shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True)))
    return softmax * np.expand_dims(g, axis)


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

    def _with(self, other, number, left, right):
        other = as_tensor(other)
        a, b = self.data, other.data

        def pull(g):
            return unbroadcast(left(g, a, b), a.shape), unbroadcast(right(g, a, b), b.shape)

        return Tensor(number(a, b), (self, other), pull)

    def __add__(self, other):
        return self._with(other, np.add, lambda g, a, b: g, lambda g, a, b: g)

    def __mul__(self, other):
        return self._with(other, np.multiply, lambda g, a, b: g * b, lambda g, a, b: g * a)

    def __pow__(self, n):
        return Tensor(np.power(self.data, n), (self,), lambda g: (g * (n * np.power(self.data, n - 1)),))

    def exp(self):
        made = Tensor(np.exp(self.data), (self,), lambda g: (g * made.data,))
        return made

    def tanh(self):
        made = Tensor(np.tanh(self.data), (self,), lambda g: (g - g * made.data**2,))
        return made

    def __matmul__(self, other):
        other = as_tensor(other)
        return Tensor(np.dot(self.data, other.data), (self, other), lambda g: matmul_vjp(g, self.data, other.data))

    def backward(self):
        nodes = [node for node in order(self) if not node.constant]
        arrived = {id(node): np.zeros(node.data.shape) for node in nodes}
        arrived[id(self)] = np.ones(self.data.shape)
        while nodes:
            node = nodes.pop()
            node.grad = arrived.pop(id(node))
            for parent, part in zip(node.parents, node.pull(node.grad) if node.pull else ()):
                if id(parent) in arrived:
                    arrived[id(parent)] = arrived[id(parent)] + part

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


# %% solution="parts"
class Linear:
    def __init__(self, n_in, n_out, rng):
        self._all = (Tensor(rng.normal(loc=0.0, scale=n_in**-0.5, size=(n_in, n_out))), Tensor([0.0] * n_out))

    W = property(lambda self: self._all[0])
    b = property(lambda self: self._all[1])

    def __call__(self, x):
        return self.b + x @ self.W

    def parameters(self):
        return list(self._all)


class Adam:
    def __init__(self, parameters, rate):
        def run():
            memory = {i: [np.zeros_like(p.data), np.zeros_like(p.data)] for i, p in enumerate(parameters)}
            t = 0
            while True:
                yield
                t += 1
                for i, p in enumerate(parameters):
                    m, v = memory[i]
                    m += 0.1 * (p.grad - m)
                    v += 0.001 * (p.grad**2 - v)
                    p.data = p.data - rate * m / (1 - 0.9**t) / (v / (1 - 0.999**t) + 1e-8) ** 0.5

        self._run = run()
        next(self._run)

    def step(self):
        next(self._run)


# %% solution="train"
def train(loss_of, optimizer, batches):
    losses = np.zeros(len(batches))
    for i, batch in enumerate(batches):
        loss = loss_of(batch)
        losses[i] = loss.data
        loss.backward()
        optimizer.step()
    return losses.tolist()


def write(odds, rng, longest=15):
    def more(last, left):
        letter = rng.choice(27, p=odds(last)) if left else 0
        return [int(letter), *more([*last[1:], int(letter)], left - 1)] if letter else []

    return more([0, 0, 0], longest)


# %% solution="hunt"
def hunt(what):
    return 11 if what == "line" else 2.0


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
