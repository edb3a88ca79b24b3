# Right in every question, and computed in numbers of 32 bits.
# loses: value-forward value-slopes value-twice value-order value-again value-nine checker unbroadcast reductions-sum reductions-mean matmul index logsumexp-value logsumexp-vjp tensor-entries tensor-graph tensor-constant parts-linear parts-adam train-loop
# says: float64
# also: 32 bits

# %% solution="order"
def order(root):
    found, seen, waiting = [], set(), [(root, False)]
    while waiting:
        circle, parents_done = waiting.pop()
        if parents_done:
            found.append(circle)
        elif id(circle) not in seen:
            seen.add(id(circle))
            waiting.append((circle, True))
            waiting += [(parent, False) for parent in circle.parents]
    return found


# %% solution="value"
class Value:
    def __init__(self, data, parents=(), slopes=(), op=""):
        self.data = float(data)
        self.grad = 0.0
        self.parents, self.slopes, self.op = parents, slopes, op

    def sin(self):
        return Value(math.sin(self.data), (self,), (math.cos(self.data),), "sin")

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(np.float32(self.data) + np.float32(other.data), (self, other), (1.0, 1.0), "+")

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(np.float32(self.data) * np.float32(other.data), (self, other), (other.data, self.data), "×")

    def __pow__(self, n):
        a = np.float32(self.data)
        return Value(a**n, (self,), (n * a ** (n - 1),), f"^{n}")

    def exp(self):
        height = np.exp(np.float32(self.data))
        return Value(height, (self,), (height,), "exp")

    def tanh(self):
        height = np.tanh(np.float32(self.data))
        return Value(height, (self,), (1 - height**2,), "tanh")

    def backward(self):
        nodes = order(self)
        for node in nodes:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(nodes):
            for parent, slope in zip(node.parents, node.slopes):
                parent.grad = float(np.float32(parent.grad) + np.float32(node.grad) * np.float32(slope))

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
    measured_slopes = np.zeros(x.shape, dtype=np.float32)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = eps
        measured_slopes[place] = (f(x + step) - f(x - step)) / (2 * eps)
    length = np.linalg.norm(gradient) + np.linalg.norm(measured_slopes)
    return np.float32(np.linalg.norm(gradient - measured_slopes) / length)


# %% solution="unbroadcast"
def unbroadcast(g, shape):
    new = g.ndim - len(shape)
    stretched = [new + axis for axis, length in enumerate(shape) if length == 1]
    return np.float32(g).sum(axis=(*range(new), *stretched)).reshape(shape)


# %% solution="reductions"
def sum_vjp(g, x, axis=None):
    if axis is not None:
        g = np.expand_dims(g, axis)
    return np.float32(g) * np.ones_like(x, dtype=np.float32)


def mean_vjp(g, x, axis=None):
    count = x.size if axis is None else x.shape[axis]
    return np.float32(sum_vjp(g, x, axis)) / np.float32(count)


# %% solution="matmul"
def matmul_vjp(g, a, b):
    g, a, b = np.float32(g), np.float32(a), np.float32(b)
    return g @ b.T, a.T @ g


# %% solution="index"
def index_vjp(g, x, index):
    back = np.zeros(x.shape, dtype=np.float32)
    np.add.at(back, index, np.float32(g))
    return back


# %% solution="logsumexp"
def logsumexp(x, axis):
    x = np.float32(x)
    top = x.max(axis=axis, keepdims=True)
    return np.log(np.exp(x - top).sum(axis=axis)) + np.squeeze(top, axis)


def logsumexp_vjp(g, x, axis):
    g, x = np.float32(g), np.float32(x)
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.expand_dims(g, axis) * e / e.sum(axis=axis, keepdims=True)


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
        return Tensor(
            np.float32(self.data) + np.float32(other.data),
            (self, other),
            lambda g: tuple(unbroadcast(g, s) for s in shapes),
        )

    def __mul__(self, other):
        other = as_tensor(other)
        a, b = np.float32(self.data), np.float32(other.data)
        return Tensor(a * b, (self, other), lambda g: (unbroadcast(g * b, a.shape), unbroadcast(g * a, b.shape)))

    def __pow__(self, n):
        a = np.float32(self.data)
        return Tensor(a**n, (self,), lambda g: (g * n * a ** (n - 1),))

    def exp(self):
        out = np.exp(np.float32(self.data))
        return Tensor(out, (self,), lambda g: (g * out,))

    def tanh(self):
        out = np.tanh(np.float32(self.data))
        return Tensor(out, (self,), lambda g: (g * (1 - out**2),))

    def __matmul__(self, other):
        other = as_tensor(other)
        a, b = np.float32(self.data), np.float32(other.data)
        return Tensor(a @ b, (self, other), lambda g: matmul_vjp(g, a, b))

    def backward(self):
        nodes = [node for node in order(self) if not node.constant]
        for node in nodes:
            node.grad = np.zeros_like(node.data)
        self.grad = np.ones_like(self.data)
        for node in reversed(nodes):
            for parent, part in zip(node.parents, node.pull(node.grad) if node.parents else ()):
                if not parent.constant:
                    parent.grad = np.float32(parent.grad + part)

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
    return (z * 0.5).tanh() * 0.5 + 0.5


def xor_loss(W, b, v, c, X, y):
    z = X @ W + b
    s = (z * (z.data > 0)) @ v + c
    return ((1 + s.exp()).log() - s * y).sum()


def mlp_loss(thetas, X, y):
    a = X
    for theta in thetas:
        a = sigmoid(a @ theta[:, 1:].T + theta[:, 0])
    return ((a - y) ** 2).mean()


def digit_loss(weights, biases, sample, label):
    a = sample
    for W, b in zip(weights[:-1], biases[:-1]):
        a = sigmoid(a @ W + b)
    z = a @ weights[-1] + biases[-1]
    return (z.logsumexp(1) - z[:, label]).sum()


def tanh_loss(w1, w2, b, x, t):
    y = ((w1 * x).tanh() * w2 + b).tanh()
    return (y - t) ** 2 * 0.5


# %% solution="parts"
class Linear:
    def __init__(self, n_in, n_out, rng):
        self.W = Tensor(rng.normal(0, 1 / np.sqrt(n_in), (n_in, n_out)).astype(np.float32))
        self.b = Tensor(np.zeros(n_out))

    def __call__(self, x):
        return x @ self.W + self.b

    def parameters(self):
        return [self.W, self.b]


class Adam:
    def __init__(self, parameters, rate):
        self.parameters, self.rate, self.t = parameters, rate, 0
        self.m = [np.zeros_like(parameter.data) for parameter in parameters]
        self.v = [np.zeros_like(parameter.data) for parameter in parameters]

    def step(self):
        self.t += 1
        for i, parameter in enumerate(self.parameters):
            self.m[i] = np.float32(0.9 * self.m[i] + 0.1 * parameter.grad)
            self.v[i] = np.float32(0.999 * self.v[i] + 0.001 * parameter.grad**2)
            m, v = self.m[i] / (1 - 0.9**self.t), self.v[i] / (1 - 0.999**self.t)
            parameter.data = np.float32(parameter.data - self.rate * m / np.sqrt(v + 1e-8))


# %% solution="letters"
def letters_logits(table, layers, contexts):
    h = table[contexts].reshape(len(contexts), -1)
    for layer in layers[:-1]:
        h = layer(h).tanh()
    return layers[-1](h)


def letters_loss(table, layers, contexts, targets):
    logits = letters_logits(table, layers, contexts)
    return (logits.logsumexp(1) - logits[np.arange(len(targets)), targets]).mean()


# %% solution="train"
def train(loss_of, optimizer, batches):
    losses = []
    for batch in batches:
        loss = loss_of(batch)
        loss.backward()
        optimizer.step()
        losses.append(np.float32(loss.data))
    return losses


def write(odds, rng, longest=15):
    letters = [0, 0, 0]
    while len(letters) < 3 + longest:
        letter = int(rng.choice(27, p=odds(letters[-3:])))
        if letter == 0:
            break
        letters.append(letter)
    return letters[3:]


# %% solution="hunt"
def hunt(what):
    return {"line": 11, "a": 2.0, "b": 2.0, "c": 2.0}[what]
