# Keeps its numbers in a subclass of ndarray.

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
class Graded(np.ndarray):
    """A numpy array of a class of its own, which is what stands in `data`."""


class Tensor:
    """Holds its array as a subclass of ndarray, and its way back in a list of pairs."""

    __array_ufunc__ = None

    def __init__(self, data, parents=(), pull=None, constant=False):
        self.data = np.array(data, dtype=float).view(Graded)
        self.grad = None
        self.constant = bool(constant or (parents and all([parent.constant for parent in parents])))
        self.parents, self.pull = ((), None) if self.constant else (tuple(parents), pull)

    def log(self):
        return Tensor(np.log(self.data), (self,), lambda g: (g / self.data,))

    def __add__(self, other):
        other = as_tensor(other)
        return Tensor(
            self.data + other.data,
            (self, other),
            lambda g: (unbroadcast(g, self.data.shape), unbroadcast(g, other.data.shape)),
        )

    def __mul__(self, other):
        other = as_tensor(other)
        return Tensor(
            self.data * other.data,
            (self, other),
            lambda g: (unbroadcast(g * other.data, self.data.shape), unbroadcast(g * self.data, other.data.shape)),
        )

    def __pow__(self, n):
        return Tensor(self.data**n, (self,), lambda g: (g * n * self.data ** (n - 1),))

    def exp(self):
        return Tensor(np.exp(self.data), (self,), lambda g: (g * np.exp(self.data),))

    def tanh(self):
        return Tensor(np.tanh(self.data), (self,), lambda g: (g * (1 - np.tanh(self.data) ** 2),))

    def __matmul__(self, other):
        other = as_tensor(other)
        return Tensor(self.data @ other.data, (self, other), lambda g: matmul_vjp(g, self.data, other.data))

    def backward(self):
        nodes = order(self)
        for node in nodes:
            if not node.constant:
                node.grad = np.zeros_like(node.data)
        self.grad = np.ones_like(self.data)
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
