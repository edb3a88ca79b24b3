# Keeps the network and the two ways of training in classes; the functions that were asked for only call them.

# %% own
from dataclasses import dataclass, field


# %% solution="activations"
class Sigmoid:
    @staticmethod
    def value(z):
        return 1.0 / (1.0 + np.exp(-np.asarray(z)))

    @classmethod
    def slope(cls, z):
        return cls.value(z) - cls.value(z) ** 2


class Relu:
    @staticmethod
    def value(z):
        return np.where(np.asarray(z) < 0, 0.0, z)

    @staticmethod
    def slope(z):
        return np.where(np.asarray(z) <= 0, 0, 1)


def sigmoid(z):
    return Sigmoid.value(z)


def relu(z):
    return Relu.value(z)

# %% solution="slopes"
def sigmoid_prime(z):
    return Sigmoid.slope(z)


def relu_prime(z):
    return Relu.slope(z)

# %% solution="loss"
def loss(y, y_hat):
    tiny = 1e-15
    return -(y * np.log(y_hat + tiny) + (1 - y) * np.log(1 - y_hat + tiny))

# %% solution="derivative"
def loss_derivative(y, y_hat):
    return -(y / y_hat - (1 - y) / (1 - y_hat))

# %% solution="forward"
class Network:
    def __init__(self, params):
        self.W, self.b, self.v, self.c = params

    def forward(self, x):
        self.x = np.reshape(x, (-1, 2))
        self.z = self.x @ self.W + self.b
        self.a = Relu.value(self.z)
        return Sigmoid.value(self.a @ self.v + self.c)

    def backward(self, y):
        delta = self.forward(self.x) - y
        epsilon = (delta @ self.v.T) * Relu.slope(self.z)
        return self.x.T @ epsilon, epsilon.sum(0)[np.newaxis], self.a.T @ delta, np.float64(delta.sum())


def yhat(X, params):
    return Network(params).forward(X)

# %% solution="gradient"
def grad_f(params, x, y):
    network = Network(params)
    network.forward(x)
    return list(network.backward(y))

# %% solution="descent"
@dataclass
class Training:
    params: list
    lr: float
    alpha: float = 0.0
    velocity: list = field(default_factory=lambda: [0.0] * 4)

    def step(self, x, y):
        slopes = grad_f(self.params, x, y)
        self.velocity = [self.alpha * u - self.lr * g for u, g in zip(self.velocity, slopes)]
        self.params = [p + u for p, u in zip(self.params, self.velocity)]

    def run(self, x, y, iterations):
        trajectories, losses = [], []
        for k in range(iterations + 1):
            if k > 0:
                self.step(x, y)
            trajectories.append(self.params)
            losses.append(np.mean(loss(y, yhat(x, self.params))))
        return trajectories, losses


def gradient_descent(x, y, starting_params, iterations, lr):
    return Training(list(starting_params), lr).run(x, y, iterations)

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    return Training(list(starting_params), lr, alpha).run(x, y, iterations)

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    return Network([W, b, v, c]).forward(X)


def decision_grid(x, y, params):
    across, up = np.meshgrid(x, y, indexing="ij")
    nodes = np.vstack([across.ravel(), up.ravel()]).T
    classes = ff_nn_relu(nodes, *params)[:, 0] > 0.5
    return classes.reshape(len(x), len(y)).T
