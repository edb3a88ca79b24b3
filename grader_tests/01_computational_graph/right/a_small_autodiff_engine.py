# The backward pass is done by a small engine of the student's own, which builds the graph again.

# %% solution="sigmoid"
def sigmoid(z):
    return np.exp(-np.log1p(np.exp(-z)))


# %% own
class Value:
    """A number that remembers how it was made, so that it can hand its blame back."""

    def __init__(self, data, parents=(), slopes=()):
        self.data, self.parents, self.slopes, self.grad = float(data), parents, slopes, 0.0

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def of(self, function, slope):
        out = function(self.data)
        return Value(out, (self,), (slope(self.data, out),))

    def backward(self, up=1.0):
        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = up
        for node in reversed(order):
            for parent, slope in zip(node.parents, node.slopes):
                parent.grad += node.grad * slope


def build(x, w):
    x, w = [Value(number) for number in x], [Value(number) for number in w]
    square = (w[0] * x[0] + w[1] * x[1]).of(lambda u: u * u, lambda u, s: 2 * u)
    val_1 = (square + w[5]).of(np.exp, lambda u, s: s)
    part_1 = (val_1 + w[6]).of(np.tanh, lambda u, s: 1 - s * s)
    sine = (w[2] * x[2]).of(np.sin, lambda u, s: np.cos(u))
    gate = (sine * (w[3] * x[3] + w[4] * x[4]) + w[7]).of(sigmoid, lambda u, s: s * (1 - s))
    return w, val_1, part_1, gate, part_1 + w[8] * gate


# %% solution="forward"
def forward_propagation(x, y, w):
    _, val_1, part_1, gate, y_hat = build(x, w)
    miss = y_hat.data - float(y)
    return {
        "L": miss * miss,
        "dL": 2.0 * miss,
        "val_1": val_1.data,
        "part_1": part_1.data,
        "sigmoid": gate.data,
    }


# %% solution="backward"
def backward_propagation(x, w, forward):
    leaves, *_, y_hat = build(x, w)
    y_hat.backward(float(forward["dL"]))
    return {f"dw{i}": leaf.grad for i, leaf in enumerate(leaves, 1)}


# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    up = w[None, :] + eps * np.eye(9)
    down = w[None, :] - eps * np.eye(9)
    approx = np.array(
        [forward_propagation(x, y, a)["L"] - forward_propagation(x, y, b)["L"] for a, b in zip(up, down)]
    )
    approx /= 2 * eps
    dw = backward_propagation(x, w, forward_propagation(x, y, w))
    exact = np.array([dw[name] for name in sorted(dw)])
    return np.linalg.norm(exact - approx, 2) / sum(np.linalg.norm(each) for each in (exact, approx))


# %% solution="vanilla"
def vanilla_update(w, g, eta):
    return np.asarray(w) - np.asarray(g) * eta


# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    return w - (v := gamma * v + eta * g), v


# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    beta = np.array([[beta1], [beta2]])
    both = beta * np.array([m, v]) + (1 - beta) * np.array([g, g**2])
    m_hat, v_hat = both / (1 - beta**t)
    return w - eta * m_hat / np.sqrt(v_hat + eps), both[0], both[1]


# %% solution="train-vanilla"
def rows_of(X, y, epochs):
    for epoch in range(epochs):
        for row, target in zip(X, y):
            yield epoch, row, target


def train_vanilla(X, y, w, epochs, eta):
    losses = [0.0] * epochs
    for epoch, row, target in rows_of(X, y, epochs):
        fp = forward_propagation(row, target, w)
        losses[epoch] += fp["L"] / len(X)
        w = vanilla_update(w, as_vector(backward_propagation(row, w, fp)), eta)
    return w, losses


# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    losses, v = [0.0] * epochs, np.zeros(9)
    for epoch, row, target in rows_of(X, y, epochs):
        fp = forward_propagation(row, target, w)
        losses[epoch] += fp["L"] / len(X)
        w, v = momentum_update(w, as_vector(backward_propagation(row, w, fp)), v, eta, gamma)
    return w, losses


# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    losses, m, v = [0.0] * epochs, np.zeros(9), np.zeros(9)
    for t, (epoch, row, target) in enumerate(rows_of(X, y, epochs), start=1):
        fp = forward_propagation(row, target, w)
        losses[epoch] += fp["L"] / len(X)
        w, m, v = adam_update(w, as_vector(backward_propagation(row, w, fp)), m, v, t, eta)
    return w, losses
