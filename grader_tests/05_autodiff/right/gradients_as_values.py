# Asks for gradients as values with torch.autograd.grad and makes a new leaf in each round, so that nothing can pile up.

# %% own
from dataclasses import dataclass, field


def sech2(z):
    """The slope of tanh at z."""
    return 4 / (math.exp(z) + math.exp(-z)) ** 2


# %% solution="network"
@dataclass
class NN:
    w1: float = 1.0
    w2: float = 1.0
    b: float = 1.0
    eta: float = 0.01
    sums: list = field(default_factory=list)

    def forward(self, x):
        z1 = self.w1 * x
        self.sums = [z1, self.w2 * math.tanh(z1) + self.b]
        return math.tanh(self.sums[1])

    def gradients(self, x, t):
        z1, z2 = self.sums
        delta = (math.tanh(z2) - t) * sech2(z2)
        return delta * self.w2 * sech2(z1) * x, delta * math.tanh(z1), delta

    def backward(self, x, t):
        for name, value in zip(("w1", "w2", "b"), self.gradients(x, t)):
            self.__dict__[name] += -self.eta * value
        return None


# %% solution="scale"
def scale_targets(t, limit):
    low, high = np.min(t), np.max(t)
    return limit * t / np.maximum(high, -low)


# %% solution="train"
def train(model, x, t, epochs):
    costs = []
    for point, target in list(zip(np.tile(x, epochs), np.tile(t, epochs))):
        costs.append((model.forward(point) - target) ** 2)
        model.backward(point, target)
    return [float(mean) / 2 for mean in np.reshape(costs, (epochs, len(x))).mean(axis=1)]


# %% solution="gradient"
def gradient(f, x0):
    x = torch.tensor(x0, requires_grad=True)
    return torch.autograd.grad(f(x), x)[0].item()


# %% solution="accumulate"
def pile_up(f, x0, times):
    x = torch.tensor(x0).requires_grad_()
    values = f(x)
    readings = []
    for _ in range(times):
        values.backward(retain_graph=True)
        readings.append(x.grad.numpy().copy())
    return readings


# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x = torch.tensor(x0, requires_grad=True)
    path = [x.item()]
    for _ in range(steps):
        (slope_here,) = torch.autograd.grad(f(x), x)
        x = (x - lr * slope_here).detach().requires_grad_()
        path.append(x.item())
    return path


# %% solution="fence"
def fence_cost(x):
    return sum(price * side for price, side in ((10, x), (1, 750 / x)))


# %% solution="linear"
def squared_error(X, y, W, b):
    return ((y - (X @ W + b).squeeze(-1)) ** 2).sum() / len(y)


def fit_linear(X, y, W0, b0, lr, steps):
    X, y = torch.from_numpy(X), torch.from_numpy(y)
    W, b = torch.from_numpy(W0), torch.from_numpy(b0)
    losses = []
    for _ in range(steps):
        W, b = W.detach().requires_grad_(), b.detach().requires_grad_()
        loss = squared_error(X, y, W, b)
        slope_W, slope_b = torch.autograd.grad(loss, (W, b))
        losses.append(loss.item())
        W, b = W - lr * slope_W, b - lr * slope_b
    return W.detach().numpy(), b.detach().numpy(), losses


# %% solution="logistic"
def cross_entropy(X, y, W, b, tol):
    p = torch.sigmoid(X @ W + b).squeeze(-1)
    chosen = torch.where(y > 0.5, p, 1 - p)
    return torch.log(chosen + tol).mean().neg()


def fit_logistic(X, y, W0, b0, lr, steps, tol):
    X, y = torch.from_numpy(X), torch.from_numpy(y)
    W, b = torch.from_numpy(W0), torch.from_numpy(b0)
    losses = []
    for _ in range(steps):
        W, b = W.detach().requires_grad_(), b.detach().requires_grad_()
        loss = cross_entropy(X, y, W, b, tol)
        slope_W, slope_b = torch.autograd.grad(loss, (W, b))
        losses.append(loss.item())
        W, b = W - lr * slope_W, b - lr * slope_b
    return W.detach().numpy(), b.detach().numpy(), losses


# %% solution="tf-gradient"
def gradient_tf(f, x0):
    place = tf.constant([x0])
    with tf.GradientTape() as tape:
        tape.watch(place)
        total = tf.reduce_sum(f(place))
    return tape.gradient(total, place).numpy()[0]


# %% solution="tf-minimize"
def minimize_tf(f, x0, lr, steps):
    path = [x0]
    for _ in range(steps):
        path.append(float(path[-1] - lr * gradient_tf(f, path[-1])))
    return path


# %% solution="tf-linear"
def fit_linear_tf(X, y, W0, b0, lr, steps):
    weights, losses = [tf.constant(W0), tf.constant(b0)], []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            tape.watch(weights)
            loss = tf.reduce_mean((tf.linalg.matmul(X, weights[0]) + weights[1] - y[:, None]) ** 2)
        weights = [weight - lr * move for weight, move in zip(weights, tape.gradient(loss, weights))]
        losses.append(loss.numpy().item())
    return weights[0].numpy(), weights[1].numpy(), losses


# %% solution="tf-logistic"
def fit_logistic_tf(X, y, W0, b0, lr, steps, tol):
    weights, losses = [tf.constant(W0), tf.constant(b0)], []
    yes = (y == 1)[:, None]
    for _ in range(steps):
        with tf.GradientTape() as tape:
            tape.watch(weights)
            p = tf.sigmoid(tf.linalg.matmul(X, weights[0]) + weights[1])
            loss = tf.reduce_mean(-tf.math.log(tf.where(yes, p, 1 - p) + tol))
        weights = [weight - lr * move for weight, move in zip(weights, tape.gradient(loss, weights))]
        losses.append(loss.numpy().item())
    return weights[0].numpy(), weights[1].numpy(), losses


# %% solution="torch-network"
def network_gradients_torch(w1, w2, b, x, t):
    def cost(w1, w2, b):
        return (torch.tanh(w2 * torch.tanh(w1 * x) + b) - t) ** 2 / 2

    leaves = tuple(torch.tensor(value) for value in (w1, w2, b))
    return [value.item() for value in torch.autograd.functional.jacobian(cost, leaves)]


# %% solution="tf-network"
def network_gradients_tf(w1, w2, b, x, t):
    weights = tf.constant([w1, w2, b], dtype=tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(weights)
        first, second, bias = tf.unstack(weights)
        cost = (tf.tanh(second * tf.tanh(first * x) + bias) - t) ** 2 / 2
    return tape.gradient(cost, weights).numpy().tolist()
