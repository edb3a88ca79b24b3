# Points and nodes one by one, generators, a class for each parameter, a tuple in the place of a list.

# %% solution="activations"
def relu(z, slope: bool = False):
    z = np.array(z, dtype=float)
    z[z < 0] = 0
    return z


# %% solution="slopes"
def sigmoid_prime(z):
    return 1 / (2 + np.exp(z) + np.exp(-z))


def relu_prime(z):
    return np.heaviside(z, 0)


# %% solution="loss"
def loss(y, y_hat):
    tiny = 1e-15
    y_hat = np.asarray(y_hat, dtype=np.float64)
    safe = np.minimum(np.maximum(y_hat, tiny), 1 - tiny)
    return np.negative(y * np.log(safe) + (1 - y) * np.log1p(-safe))


# %% solution="derivative"
loss_derivative = lambda y, y_hat: -np.divide(y, y_hat) + np.divide(np.subtract(1, y), np.subtract(1, y_hat))


# %% solution="forward"
def yhat(X, params):
    """Row by row."""
    W, b, v, c = params
    rows = []
    for x in X:
        hidden = [relu(sum(w * f for w, f in zip(W[:, j], x)) + b[0, j]) for j in range(3)]
        rows.append([sigmoid(sum(h * w for h, w in zip(hidden, v[:, 0])) + c)])
    return np.array(rows)


# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    dW, db, dv, dc = np.zeros_like(W), np.zeros_like(b), np.zeros_like(v), 0.0
    for point, label in zip(x, y):
        z = point[None, :] @ W + b
        a = relu(z)
        delta = sigmoid(a @ v + c).item() - label.item()
        eps = delta * v.T * relu_prime(z)
        dW += np.outer(point, eps)
        db += eps
        dv += delta * a.T
        dc += delta
    return [dW, db, dv, dc]


# %% solution="descent"
from copy import deepcopy


def gradient_descent(x, y, starting_params, iterations, lr):
    def walk():
        params = deepcopy(starting_params)
        yield params
        for _ in range(iterations):
            params = [p - lr * g for p, g in zip(params, grad_f(params, x, y))]
            yield params

    trajectories = list(walk())
    return [trajectories, [np.mean(loss(y, yhat(x, p))) for p in trajectories]]


# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    class Ball:
        def __init__(self, place):
            self.place, self.speed = place, 0

        def push(self, g):
            self.speed = alpha * self.speed - lr * g
            self.place = self.place + self.speed

    balls = [Ball(p) for p in starting_params]
    here = lambda: [ball.place for ball in balls]
    trajectories = [here()]
    for _ in range(iterations):
        for ball, g in zip(balls, grad_f(here(), x, y)):
            ball.push(g)
        trajectories.append(here())
    losses = []
    for p in trajectories:
        losses.append(np.average(loss(y, yhat(x, p))))
    return trajectories, losses


# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    h = np.maximum(X @ W + b, 0)
    out = h @ v + c
    return sigmoid(out) if X.ndim == 2 else sigmoid(out)[0]


def decision_grid(x, y, params):
    return np.array([(yhat(np.column_stack([x, np.full(len(x), up)]), params) > 0.5)[:, 0] for up in y])
