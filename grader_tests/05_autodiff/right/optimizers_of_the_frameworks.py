# Lets the optimizers and the ready-made mean squared error of the frameworks do the work, through own helpers.

# %% solution="network"
class Unit:
    """One tanh, which remembers its output."""

    def __call__(self, z):
        self.out = math.tanh(z)
        return self.out

    def slope(self):
        return 1 - self.out * self.out


class NN:
    def __init__(self):
        self.w1 = self.w2 = self.b = 1.0
        self.eta = 0.01
        self.units = Unit(), Unit()

    def forward(self, x):
        first, second = self.units
        return second(self.w2 * first(self.w1 * x) + self.b)

    def backward(self, x, t):
        self.forward(x)
        first, second = self.units
        delta = (second.out - t) * second.slope()
        for_w1 = delta * self.w2 * first.slope() * x
        self.b -= self.eta * delta
        self.w2 -= self.eta * delta * first.out
        self.w1 -= self.eta * for_w1
        return self


# %% solution="scale"
def scale_targets(t, limit):
    return np.array([limit * value / max(map(abs, t)) for value in t])


# %% solution="train"
import statistics


def train(model, x, t, epochs):
    points = list(zip(x, t))
    means = []
    for _ in range(epochs):
        costs = []
        for point, target in points:
            costs += [float(0.5 * abs(model.forward(point) - target) ** 2)]
            model.backward(point, target)
        means += [statistics.fmean(costs)]
    return means


# %% solution="gradient"
def gradient(f, x0):
    x = torch.nn.Parameter(torch.tensor(x0))
    loss = f(x)
    loss.backward()
    return x.grad.detach().clone()


# %% solution="accumulate"
def pile_up(f, x0, times):
    x = torch.nn.Parameter(torch.tensor(x0))
    readings = []
    while len(readings) < times:
        f(x).backward()
        readings.append(x.grad.clone())
    return readings


# %% own
def descend(weights, loss_of, lr, steps, note):
    """Steps of torch.optim.SGD; `note` is told each loss before its step, and called again after it."""
    optimizer = torch.optim.SGD(weights, lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_of()
        loss.backward()
        optimizer.step()
        note(loss)


# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x = torch.nn.Parameter(torch.tensor(x0))
    path = [x.item()]
    descend([x], lambda: f(x), lr, steps, lambda loss: path.append(x.item()))
    return path


# %% solution="fence"
fence_cost = lambda x: 10 * x + 750 / x


# %% solution="linear"
def linear_layer(W0, b0):
    layer = torch.nn.Linear(W0.shape[0], 1, dtype=torch.float64)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(W0.T))
        layer.bias.copy_(torch.tensor(b0))
    return layer


def fit_linear(X, y, W0, b0, lr, steps):
    layer, losses = linear_layer(W0, b0), []
    X, y = torch.tensor(X), torch.tensor(y)
    descend(
        layer.parameters(),
        lambda: torch.nn.functional.mse_loss(layer(X).squeeze(1), y),
        lr,
        steps,
        lambda loss: losses.append(loss.item()),
    )
    return layer.weight.detach().numpy().T, layer.bias.detach().numpy(), losses


# %% solution="logistic"
def fit_logistic(X, y, W0, b0, lr, steps, tol):
    layer, losses = linear_layer(W0, b0), []
    X, y = torch.tensor(X), torch.tensor(y)

    def cross_entropy():
        p = layer(X).squeeze(1).sigmoid()
        return -torch.cat([torch.log(p + tol)[y == 1], torch.log(1 - p + tol)[y == 0]]).mean()

    descend(layer.parameters(), cross_entropy, lr, steps, lambda loss: losses.append(loss.item()))
    return layer.weight.detach().numpy().T, layer.bias.detach().numpy(), losses


# %% solution="tf-gradient"
def gradient_tf(f, x0):
    return descend_tf([tf.Variable(x0)], lambda weights: f(weights[0]), 0.0, 1)[1][0].numpy()


def descend_tf(weights, loss_of, lr, steps):
    """Steps of gradient descent; returns the losses, the last gradients, and the first weight after each step."""
    losses, slopes, path = [], None, []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = loss_of(weights)
        slopes = tape.gradient(loss, weights)
        for weight, slope_of_it in zip(weights, slopes):
            weight.assign_sub(lr * slope_of_it)
        losses.append(float(loss))
        path.append(weights[0].numpy())
    return losses, slopes, path


# %% solution="tf-minimize"
def minimize_tf(f, x0, lr, steps):
    return [x0, *descend_tf([tf.Variable(x0)], lambda weights: f(weights[0]), lr, steps)[2]]


# %% solution="tf-linear"
def fit_linear_tf(X, y, W0, b0, lr, steps):
    def loss_of(weights):
        return tf.reduce_mean(tf.square(tf.squeeze(X @ weights[0] + weights[1], axis=1) - y))

    weights = [tf.Variable(W0), tf.Variable(b0)]
    losses = descend_tf(weights, loss_of, lr, steps)[0]
    return weights[0].numpy(), weights[1].numpy(), losses


# %% solution="tf-logistic"
def fit_logistic_tf(X, y, W0, b0, lr, steps, tol):
    def loss_of(weights):
        p = tf.squeeze(tf.sigmoid(X @ weights[0] + weights[1]), axis=1)
        return -tf.tensordot(y, tf.math.log(p + tol), 1) / len(y) - tf.tensordot(
            1 - y, tf.math.log(1 - p + tol), 1
        ) / len(y)

    weights = [tf.Variable(W0), tf.Variable(b0)]
    losses = descend_tf(weights, loss_of, lr, steps)[0]
    return weights[0].numpy(), weights[1].numpy(), losses


# %% solution="torch-network"
def network_gradients_torch(w1, w2, b, x, t):
    weights = [torch.nn.Parameter(torch.tensor(value)) for value in (w1, w2, b)]
    target = torch.tensor(t)
    output = torch.tanh(weights[1] * torch.tanh(weights[0] * x) + weights[2])
    (torch.nn.functional.mse_loss(output, target) / 2).backward()
    return [weight.grad.item() for weight in weights]


# %% solution="tf-network"
def network_gradients_tf(w1, w2, b, x, t):
    weights = [tf.Variable(value) for value in (w1, w2, b)]

    def cost(weights):
        w1, w2, b = weights
        return tf.square(tf.nn.tanh(w2 * tf.nn.tanh(w1 * x) + b) - t) * 0.5

    return [float(value) for value in descend_tf(weights, cost, 0.0, 1)[1]]
