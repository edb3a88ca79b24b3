# Iterators in a stack, generators as pulls, einsum, bincount, logaddexp, slots of a dict, .item().

# %% solution="order"
def order(root):
    done, on_list, stack = [], set(), [(root, iter(root.parents))]
    entered = {id(root)}
    while stack:
        circle, rest = stack[-1]
        for parent in rest:
            if id(parent) not in entered:
                entered.add(id(parent))
                stack.append((parent, iter(parent.parents)))
                break
        else:
            stack.pop()
            done += [circle]
    return done


# %% solution="value"
class Value:
    """Mine."""

    def __init__(self, data, parents=(), slopes=(), op=""):
        self.data = float(data)
        self.grad = 0.0
        self.parents, self.slopes, self.op = parents, slopes, op

    @staticmethod
    def lift(x):
        return x if hasattr(x, "parents") else Value(x)

    def sin(self):
        return Value(math.sin(self.data), (self,), (math.cos(self.data),), "sin")

    def __add__(self, other):
        o = Value.lift(other)
        return Value(math.fsum((self.data, o.data)), (self, o), [1.0, 1.0], "add")

    def __mul__(self, other):
        if isinstance(other, (int, float)):
            return Value(self.data * other, (self,), (other,), "scale")
        return Value(self.data * other.data, (self, other), (other.data, self.data), "mul")

    def __pow__(self, n):
        return Value(math.pow(self.data, n), (self,), (n * math.pow(self.data, n - 1),), "pow")

    def exp(self):
        out = Value(np.exp(self.data), (self,), op="exp")
        out.slopes = (out.data,)
        return out

    def tanh(self):
        t = np.tanh(self.data)
        return Value(t, (self,), ((1 - t) * (1 + t),), "tanh")

    def backward(self):
        nodes = order(self)
        grads = {id(n): 0.0 for n in nodes}
        grads[id(self)] = 1.0
        for node in nodes[::-1]:
            node.grad = grads[id(node)]
            for p, s in zip(node.parents, node.slopes):
                grads[id(p)] += s * node.grad

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
    flat = np.array(x, dtype=float).ravel()
    basis = np.eye(flat.size)
    a = np.array([f((flat + eps * e).reshape(x.shape)) - f((flat - eps * e).reshape(x.shape)) for e in basis]) / (
        2 * eps
    )
    d = np.ravel(gradient)
    norm = lambda v: math.sqrt(math.fsum(v * v))
    return norm(d - a) / (norm(d) + norm(a))


# %% solution="unbroadcast"
def unbroadcast(g, shape):
    while np.ndim(g) > len(shape):
        g = g.sum(axis=0)
    for axis, length in enumerate(shape):
        if length == 1:
            g = g.sum(axis=axis, keepdims=True)
    return np.array(g)


# %% solution="reductions"
def sum_vjp(g, x, axis=None):
    back = np.empty_like(x)
    back[...] = g if axis is None else np.expand_dims(g, axis)
    return back


def mean_vjp(g, x, axis=None):
    return sum_vjp(np.asarray(g) / np.size(x, axis), x, axis)


# %% solution="matmul"
def matmul_vjp(g, a, b):
    return [np.einsum("nm,km->nk", g, b), np.einsum("nk,nm->km", a, g)]


# %% solution="index"
def index_vjp(g, x, index):
    places = np.arange(x.size).reshape(x.shape)[index]
    return np.bincount(
        np.ravel(places), weights=np.ravel(np.broadcast_to(g, np.shape(places))), minlength=x.size
    ).reshape(x.shape)


# %% solution="logsumexp"
def logsumexp(x, axis):
    return np.logaddexp.reduce(x, axis=axis)


def logsumexp_vjp(g, x, axis):
    return np.expand_dims(g, axis) * np.exp(x - np.expand_dims(logsumexp(x, axis), axis))


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
            return [unbroadcast(g, self.data.shape), unbroadcast(g, other.data.shape)]

        return Tensor(np.add(self.data, other.data), (self, other), pull)

    def __mul__(self, other):
        other = as_tensor(other)
        a, b = self.data, other.data

        def pull(g):
            yield unbroadcast(b * g, a.shape)
            yield unbroadcast(a * g, b.shape)

        return Tensor(a * b, (self, other), pull)

    def __pow__(self, n):
        return Tensor(self.data**n, (self,), lambda g, a=self.data: (n * a ** (n - 1) * g,))

    def exp(self):
        out = Tensor(np.exp(self.data), (self,), lambda g: (g * out.data,))
        return out

    def tanh(self):
        out = np.tanh(self.data)
        return Tensor(out, (self,), lambda g: (g - g * out * out,))

    def __matmul__(self, other):
        other = as_tensor(other)
        return Tensor(
            self.data.dot(other.data), (self, other), lambda g, a=self.data, b=other.data: tuple(matmul_vjp(g, a, b))
        )

    def backward(self):
        *nodes, root = order(self)
        for node in nodes:
            node.grad = None if node.constant else np.zeros(node.data.shape)
        root.grad = np.ones(root.data.shape)
        for node in [root, *reversed(nodes)]:
            if node.pull is None:
                continue
            for parent, part in zip(node.parents, node.pull(node.grad)):
                if parent.constant:
                    continue
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
    return (z * 0.5).tanh() * 0.5 + 0.5


def xor_loss(W, b, v, c, X, y):
    z = b + X @ W
    mask = np.where(z.data > 0, 1.0, 0.0)
    s = (mask * z) @ v + c
    return (s.exp() + 1).log().sum() - (y * s).sum()


def mlp_loss(thetas, X, y):
    def walk(a, rest):
        return walk(sigmoid(a @ rest[0][:, 1:].T + rest[0][:, 0]), rest[1:]) if rest else a

    error = walk(X, list(thetas)) - y
    return (error * error).sum() / error.data.size if False else (error * error).mean()


def digit_loss(weights, biases, sample, label):
    *hidden, (W_last, b_last) = zip(weights, biases)
    a = sample
    for W, b in hidden:
        a = sigmoid(a @ W + b)
    z = (a @ W_last + b_last).reshape(-1)
    return z.logsumexp(0) - z[label]


def tanh_loss(w1, w2, b, x, t):
    miss = (w2 * (w1 * x).tanh() + b).tanh() - t
    return 0.5 * miss * miss


# %% solution="parts"
class Linear:
    def __init__(self, n_in, n_out, rng, name=""):
        self.W, self.b = Tensor(rng.normal(0.0, n_in**-0.5, size=(n_in, n_out))), Tensor(n_out * [0.0])

    def __call__(self, x):
        return (x @ self.W) + self.b

    def parameters(self):
        return [self.W] + [self.b]


class Adam:
    def __init__(self, parameters, rate, betas=(0.9, 0.999)):
        self.slots = [{"p": p, "m": 0.0, "v": 0.0} for p in parameters]
        self.rate, self.betas, self.count = rate, betas, 0

    def step(self):
        self.count += 1
        b1, b2 = self.betas
        for s in self.slots:
            g = s["p"].grad
            s["m"] = b1 * s["m"] + (1 - b1) * g
            s["v"] = b2 * s["v"] + (1 - b2) * g * g
            hat = s["m"] / (1 - b1**self.count)
            s["p"].data = s["p"].data - self.rate * hat / np.sqrt(s["v"] / (1 - b2**self.count) + 1e-8)


# %% solution="letters"
def letters_logits(table, layers, contexts):
    h = table[contexts]
    h = h.reshape(h.data.shape[0], h.data.shape[1] * h.data.shape[2])
    for i, layer in enumerate(layers):
        h = layer(h)
        if i + 1 < len(layers):
            h = h.tanh()
    return h


def letters_loss(table, layers, contexts, targets):
    logits = letters_logits(table, layers, contexts)
    rows = list(range(len(targets)))
    return logits.logsumexp(1).mean() - logits[rows, targets].mean()


# %% solution="train"
def train(loss_of, optimizer, batches):
    def one(batch):
        loss = loss_of(batch)
        number = loss.data.item()
        loss.backward()
        optimizer.step()
        return number

    return [one(batch) for batch in batches]


def write(odds, rng, longest=15):
    word, last = [], (0, 0, 0)
    for _ in range(longest):
        letter = rng.choice(27, p=odds(list(last)))
        if not letter:
            return word
        word.append(int(letter))
        last = (*last[1:], int(letter))
    return word


# %% solution="hunt"
def hunt(what):
    return 11 if what == "line" else 2
