# Takes the sigmoid from scipy and gives every step a helper of its own, with imports in an own cell.

# %% own
from itertools import accumulate, repeat

from scipy.special import expit, xlog1py, xlogy


# %% solution="activations"
def sigmoid(z):
    return expit(z)


def relu(z):
    return np.clip(z, 0, None)

# %% solution="slopes"
def sigmoid_prime(z):
    return expit(z) * expit(-np.asarray(z))


def relu_prime(z):
    return np.sign(relu(z))

# %% solution="loss"
def loss(y, y_hat):
    p = np.clip(y_hat, 1e-15, 1 - 1e-15)
    return -xlogy(y, p) - xlog1py(1 - y, -p)

# %% solution="derivative"
def loss_derivative(y, y_hat):
    return -np.divide(y, y_hat) + np.divide(1 - y, 1 - y_hat)

# %% own
def hidden_sums(x, W, b):
    return x @ W + np.broadcast_to(b, (len(x), 3))


def output_error(a, v, c, y):
    return sigmoid(a @ v + c) - y


def step(params, slopes, lr):
    return [params[k] - lr * slopes[k] for k in range(len(params))]


def mean_price(params, x, y):
    return loss(y, yhat(x, params)).sum() / y.size


# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    return sigmoid(relu(hidden_sums(X, W, b)) @ v + c)

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = hidden_sums(x, W, b)
    a = relu(z)
    delta = output_error(a, v, c, y)
    epsilon = np.where(z > 0, delta * v.ravel(), 0)
    return [x.T @ epsilon, np.ones((1, len(x))) @ epsilon, a.T @ delta, np.asarray(delta.sum())]

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    def advance(params, _):
        return step(params, grad_f(params, x, y), lr)

    trajectories = list(accumulate(repeat(None, iterations), advance, initial=starting_params))
    return trajectories, [mean_price(params, x, y) for params in trajectories]

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    def advance(state, _):
        params, velocity = state
        velocity = [alpha * u + g for u, g in zip(velocity, grad_f(params, x, y))]
        return step(params, velocity, lr), velocity

    states = accumulate(repeat(None, iterations), advance, initial=(starting_params, [0, 0, 0, 0]))
    trajectories = [params for params, _ in states]
    return trajectories, [mean_price(params, x, y) for params in trajectories]

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    return sigmoid(relu(np.atleast_2d(X) @ W + b) @ v + c)


def decision_grid(x, y, params):
    nodes = np.array([[across, up] for up in y for across in x])
    return np.rint(yhat(nodes, params)).astype(int).reshape(len(y), len(x))
