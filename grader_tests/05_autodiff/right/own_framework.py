# Builds a little framework first, with layers that know their own backward pass, and a trainer class for the fits.

# %% own
class Multiply:
    def __init__(self, net, name):
        self.net, self.name = net, name

    def forward(self, value):
        self.value = value
        return value * getattr(self.net, self.name)

    def backward(self, slope, slopes):
        slopes[self.name] = slope * self.value
        return slope * getattr(self.net, self.name)


class Add:
    def __init__(self, net, name):
        self.net, self.name = net, name

    def forward(self, value):
        return value + getattr(self.net, self.name)

    def backward(self, slope, slopes):
        slopes[self.name] = slope
        return slope


class Tanh:
    def forward(self, value):
        self.out = np.tanh(value)
        return self.out

    def backward(self, slope, slopes):
        return slope * (1.0 - self.out**2)


class Fit:
    """Gradient descent with PyTorch; a subclass says what the loss is."""

    def __init__(self, X, y, W0, b0):
        self.X, self.y = torch.tensor(X), torch.tensor(y)
        self.W, self.b = (torch.tensor(start).requires_grad_() for start in (W0, b0))
        self.losses = []

    def run(self, lr, steps):
        for _ in range(steps):
            loss = self.loss((self.X @ self.W + self.b).view_as(self.y))
            for leaf in (self.W, self.b):
                leaf.grad = torch.zeros_like(leaf)
            loss.backward()
            self.losses.append(loss.item())
            self.W.data -= lr * self.W.grad
            self.b.data -= lr * self.b.grad
        return self.W.detach().numpy(), self.b.detach().numpy(), self.losses


class TapedFit:
    """Gradient descent with TensorFlow; a subclass says what the loss is."""

    def __init__(self, X, y, W0, b0):
        self.X, self.y = tf.constant(X), tf.constant(y)
        self.weights = [tf.Variable(W0), tf.Variable(b0)]
        self.losses = []

    def run(self, lr, steps):
        for _ in range(steps):
            with tf.GradientTape() as tape:
                W, b = self.weights
                loss = self.loss(tf.squeeze(self.X @ W + b, 1))
            for weight, move in zip(self.weights, tape.gradient(loss, self.weights)):
                weight.assign_sub(move * lr)
            self.losses.append(float(loss))
        W, b = self.weights
        return W.numpy(), b.numpy(), self.losses


# %% solution="network"
class NN:
    def __init__(self):
        self.w1, self.w2, self.b = 1.0, 1.0, 1.0
        self.eta = 0.01
        self.layers = [Multiply(self, "w1"), Tanh(), Multiply(self, "w2"), Add(self, "b"), Tanh()]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return float(x)

    def backward(self, x, t):
        slope, slopes = self.layers[-1].out - t, {}
        for layer in reversed(self.layers):
            slope = layer.backward(slope, slopes)
        for name in slopes:
            setattr(self, name, getattr(self, name) - self.eta * slopes[name])


# %% solution="scale"
def scale_targets(t, limit):
    return np.interp(t, [-np.abs(t).max(), np.abs(t).max()], [-limit, limit])


# %% solution="train"
class Trainer:
    def __init__(self, model):
        self.model, self.means = model, []

    def epoch(self, x, t):
        costs = np.array([self.point(*pair) for pair in zip(x, t)])
        self.means.append(costs.mean())

    def point(self, x, t):
        miss = self.model.forward(x) - t
        self.model.backward(x, t)
        return 0.5 * miss**2


def train(model, x, t, epochs):
    trainer = Trainer(model)
    for _ in range(epochs):
        trainer.epoch(x, t)
    return trainer.means


# %% solution="gradient"
def gradient(f, x0):
    with torch.enable_grad():
        x = torch.tensor(x0).requires_grad_()
        f(x).backward(torch.tensor(1.0))
    return x.grad.item()


# %% solution="accumulate"
def pile_up(f, x0, times):
    x = torch.tensor(x0, dtype=torch.float64, requires_grad=True)

    def readings():
        for _ in range(times):
            f(x).backward()
            yield x.grad.item()

    return list(readings())


# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x = torch.tensor(x0, dtype=torch.float64, requires_grad=True)
    path = [x0]
    for _ in range(steps):
        f(x).backward()
        x.data.sub_(x.grad, alpha=lr)
        x.grad.detach_().zero_()
        path = path + [x.tolist()]
    return path


# %% solution="fence"
class Fence:
    area, road, simple = 750, 10, 1

    def __call__(self, x):
        return self.road * x + self.simple * (self.area / x)


fence_cost = Fence()


# %% solution="linear"
class LeastSquares(Fit):
    def loss(self, predictions):
        return (predictions - self.y).pow(2).mean()


def fit_linear(X, y, W0, b0, lr, steps):
    return LeastSquares(X, y, W0, b0).run(lr, steps)


# %% solution="logistic"
def fit_logistic(X, y, W0, b0, lr, steps, tol):
    class CrossEntropy(Fit):
        def loss(self, z):
            p = z.sigmoid()
            return -(self.y * (p + tol).log() + (1 - self.y) * (1 - p + tol).log()).mean()

    return CrossEntropy(X, y, W0, b0).run(lr, steps)


# %% solution="tf-gradient"
@tf.function
def value_and_slope(f, x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    return y, tape.gradient(y, x)


def gradient_tf(f, x0):
    return value_and_slope(f, tf.constant(x0))[1].numpy()


# %% solution="tf-minimize"
def minimize_tf(f, x0, lr, steps):
    x, path = tf.constant(x0), [x0]
    for _ in range(steps):
        x = x - lr * value_and_slope(f, x)[1]
        path.append(x.numpy().item())
    return path


# %% solution="tf-linear"
class TapedLeastSquares(TapedFit):
    def loss(self, predictions):
        return tf.reduce_mean(tf.square(predictions - self.y))


def fit_linear_tf(X, y, W0, b0, lr, steps):
    return TapedLeastSquares(X, y, W0, b0).run(lr, steps)


# %% solution="tf-logistic"
def fit_logistic_tf(X, y, W0, b0, lr, steps, tol):
    class TapedCrossEntropy(TapedFit):
        def loss(self, z):
            p = tf.math.sigmoid(z)
            return tf.reduce_mean(tf.where(self.y == 1, -tf.math.log(p + tol), -tf.math.log(1 - p + tol)))

    return TapedCrossEntropy(X, y, W0, b0).run(lr, steps)


# %% solution="torch-network"
class TorchNetwork(torch.nn.Module):
    def __init__(self, w1, w2, b):
        super().__init__()
        self.w1, self.w2, self.b = (torch.nn.Parameter(torch.tensor(value)) for value in (w1, w2, b))

    def forward(self, x):
        return torch.tanh(self.w2 * torch.tanh(self.w1 * x) + self.b)


def network_gradients_torch(w1, w2, b, x, t):
    network = TorchNetwork(w1, w2, b)
    ((network(x) - t) ** 2 / 2).backward()
    return [parameter.grad.item() for parameter in network.parameters()]


# %% solution="tf-network"
class TapedNetwork(tf.Module):
    def __init__(self, w1, w2, b):
        super().__init__()
        self.all = [tf.Variable(value) for value in (w1, w2, b)]

    def __call__(self, x):
        w1, w2, b = self.all
        return tf.tanh(w2 * tf.tanh(w1 * x) + b)


def network_gradients_tf(w1, w2, b, x, t):
    network = TapedNetwork(w1, w2, b)
    with tf.GradientTape() as tape:
        cost = tf.square(network(x) - t) / 2
    return [value.numpy() for value in tape.gradient(cost, network.all)]
