# Classes hold the graph and the state of each optimizer; the functions asked for are thin.

# %% solution="sigmoid"
class Sigmoid:
    @staticmethod
    def value(z):
        return 1 / (1 + np.exp(-z))

    @staticmethod
    def slope(s):
        return s * (1 - s)


def sigmoid(z):
    return Sigmoid.value(z)


# %% solution="forward"
class Graph:
    """The graph at one data point and one set of weights."""

    def __init__(self, x, w):
        self.x, self.w = x, w
        self.inside = w[0] * x[0] + w[1] * x[1]
        self.sine = np.sin(w[2] * x[2])
        self.bracket = w[3] * x[3] + w[4] * x[4]

    def forward(self, y):
        val_1 = np.exp(self.inside**2 + self.w[5])
        part_1 = np.tanh(val_1 + self.w[6])
        sig = sigmoid(self.sine * self.bracket + self.w[7])
        miss = part_1 + self.w[8] * sig - y
        return {"L": miss**2, "dL": 2 * miss, "val_1": val_1, "part_1": part_1, "sigmoid": sig}

    def backward(self, up, val_1, part_1, sig):
        x, w = self.x, self.w
        yield "dw9", up * sig
        at_sigmoid = up * w[8] * Sigmoid.slope(sig)
        yield "dw8", at_sigmoid
        yield "dw3", at_sigmoid * self.bracket * np.cos(w[2] * x[2]) * x[2]
        yield "dw4", at_sigmoid * self.sine * x[3]
        yield "dw5", at_sigmoid * self.sine * x[4]
        at_tanh = up * (1 - part_1**2)
        yield "dw7", at_tanh
        yield "dw6", at_tanh * val_1
        for number in (1, 2):
            yield f"dw{number}", at_tanh * val_1 * 2 * self.inside * x[number - 1]


def forward_propagation(x, y, w):
    return Graph(x, w).forward(y)


# %% solution="backward"
def backward_propagation(x, w, forward):
    return dict(Graph(x, w).backward(forward["dL"], forward["val_1"], forward["part_1"], forward["sigmoid"]))


# %% solution="gradient-check"
class Ruler:
    def __init__(self, x, y, eps):
        self.x, self.y, self.eps = x, y, eps

    def loss(self, w):
        return forward_propagation(self.x, self.y, w)["L"]

    def slope(self, w, i):
        up, down = np.array(w), np.array(w)
        up[i] += self.eps
        down[i] -= self.eps
        return (self.loss(up) - self.loss(down)) / (2 * self.eps)


def gradient_checking(x, y, w, eps=1e-5):
    ruler = Ruler(x, y, eps)
    measured = np.array([ruler.slope(w, i) for i in range(9)])
    dw = backward_propagation(x, w, forward_propagation(x, y, w))
    computed = np.array([dw[f"dw{i}"] for i in range(1, 10)])
    return np.linalg.norm(computed - measured) / (np.linalg.norm(computed) + np.linalg.norm(measured))


# %% solution="vanilla"
class Vanilla:
    def __init__(self, eta):
        self.eta = eta

    def __call__(self, w, g):
        return w - self.eta * g


def vanilla_update(w, g, eta):
    return Vanilla(eta)(w, g)


# %% solution="momentum"
class Momentum:
    def __init__(self, v, eta, gamma):
        self.v, self.eta, self.gamma = v, eta, gamma

    def __call__(self, w, g):
        self.v = self.gamma * self.v + self.eta * g
        return w - self.v


def momentum_update(w, g, v, eta, gamma=0.9):
    rule = Momentum(v, eta, gamma)
    return rule(w, g), rule.v


# %% solution="adam"
class Adam:
    def __init__(self, m, v, t, eta, beta1, beta2, eps):
        self.m, self.v, self.t = m, v, t
        self.eta, self.beta1, self.beta2, self.eps = eta, beta1, beta2, eps

    def __call__(self, w, g):
        self.m = self.beta1 * self.m + (1 - self.beta1) * g
        self.v = self.beta2 * self.v + (1 - self.beta2) * g * g
        m_hat = self.m / (1 - self.beta1**self.t)
        v_hat = self.v / (1 - self.beta2**self.t)
        self.t += 1
        return w - self.eta * m_hat / (v_hat + self.eps) ** 0.5


def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    rule = Adam(m, v, t, eta, beta1, beta2, eps)
    return rule(w, g), rule.m, rule.v


# %% solution="train-vanilla"
class Trainer:
    """One walk over the rows; `step` turns weights and gradient into new weights."""

    def __init__(self, step):
        self.step = step

    def epoch(self, X, y, w):
        losses = []
        for x, target in zip(X, y):
            fp = forward_propagation(x, target, w)
            losses.append(fp["L"])
            w = self.step(w, as_vector(backward_propagation(x, w, fp)))
        return w, np.mean(losses)

    def train(self, X, y, w, epochs):
        losses = []
        for _ in range(epochs):
            w, loss = self.epoch(X, y, w)
            losses.append(loss)
        return w, losses


def train_vanilla(X, y, w, epochs, eta):
    return Trainer(lambda w, g: vanilla_update(w, g, eta)).train(X, y, w, epochs)


# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    state = [np.zeros(9)]

    def step(w, g):
        w, state[0] = momentum_update(w, g, state[0], eta, gamma)
        return w

    return Trainer(step).train(X, y, w, epochs)


# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    class State:
        m, v, t = np.zeros(9), np.zeros(9), 0

    def step(w, g):
        State.t += 1
        w, State.m, State.v = adam_update(w, g, State.m, State.v, State.t, eta)
        return w

    return Trainer(step).train(X, y, w, epochs)
