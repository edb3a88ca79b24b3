# Adds into gradients in place, each Tensor into an array of its own; parameters move in place.

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
    places = list(range(g.ndim))
    new = g.ndim - len(shape)
    kept = [new + i for i in range(len(shape)) if shape[i] != 1]
    return np.einsum(g, places, kept).reshape(shape)


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
