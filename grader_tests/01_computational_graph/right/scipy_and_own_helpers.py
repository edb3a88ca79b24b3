# The sigmoid is scipy's expit; helper functions stand in own cells; results are 0-d arrays.

# %% solution="sigmoid"
from scipy.special import expit


def sigmoid(z):
    return expit(np.float64(z))


# %% own
def total(x, w):
    return w[0] * x[0] + w[1] * x[1]


def bracket(x, w):
    return w[3] * x[3] + w[4] * x[4]


def branches(x, w):
    blue = np.exp(total(x, w) ** 2 + w[5])
    return blue, np.tanh(blue + w[6]), sigmoid(np.sin(w[2] * x[2]) * bracket(x, w) + w[7])


# %% solution="forward"
def forward_propagation(x, y, w):
    blue, green, purple = branches(x, w)
    error = (green + w[8] * purple) - y
    values = {"val_1": blue, "part_1": green, "sigmoid": purple, "L": error * error, "dL": error + error}
    return {key: np.asarray(value) for key, value in values.items()}


# %% own
KEYS = [f"dw{number}" for number in range(1, 10)]


# %% solution="backward"
def backward_propagation(x, w, forward):
    up = forward["dL"]
    at_green = up * (1 - np.square(forward["part_1"]))
    at_purple = up * w[8] * forward["sigmoid"] * (1 - forward["sigmoid"])
    at_square = at_green * forward["val_1"] * 2 * total(x, w)
    angle = w[2] * x[2]
    nine = [at_square * x[0], at_square * x[1], at_purple * bracket(x, w) * np.cos(angle) * x[2]]
    nine += [at_purple * np.sin(angle) * x[3], at_purple * np.sin(angle) * x[4]]
    nine += [at_green * forward["val_1"], at_green, at_purple, up * forward["sigmoid"]]
    return dict(zip(KEYS, map(np.asarray, nine)))


# %% own
from numpy.linalg import norm

# %% solution="gradient-check"
from scipy.optimize import approx_fprime  # noqa: F401  (tried first; it is one-sided)


def gradient_checking(x, y, w, eps=1e-5):
    start = np.array(w, copy=True)
    gradients = backward_propagation(x, start, forward_propagation(x, y, start))
    exact = [float(gradients[key]) for key in KEYS]
    measured = []
    for i in range(len(start)):
        pair = []
        for sign in (1, -1):
            moved = start.copy()
            moved[i] += sign * eps
            pair.append(float(forward_propagation(x, y, moved)["L"]))
        measured.append((pair[0] - pair[1]) / 2 / eps)
    return float(norm(np.subtract(exact, measured)) / (norm(exact) + norm(measured)))


# %% solution="vanilla"
def vanilla_update(w, g, eta):
    new = w.copy()
    new -= eta * g
    return new


# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    v = v.copy()
    v *= gamma
    v += eta * g
    w = w.copy()
    w -= v
    return [w, v]


# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w, m, v = w.copy(), m.copy(), v.copy()
    m *= beta1
    m += (1 - beta1) * g
    v *= beta2
    v += (1 - beta2) * g * g
    w -= eta * (m / (1 - np.power(beta1, t))) / np.sqrt(v / (1 - np.power(beta2, t)) + eps)
    return [w, m, v]


# %% own
def loss_and_gradient(row, target, w):
    fp = forward_propagation(row, target, w)
    dw = backward_propagation(row, w, fp)
    return float(fp["L"]), np.array([float(dw[key]) for key in KEYS])


# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    w = w.copy()
    losses = []
    for _ in range(epochs):
        seen = []
        for row, target in zip(X, y):
            loss, gradient = loss_and_gradient(row, target, w)
            w[:] = vanilla_update(w, gradient, eta)
            seen.append(loss)
        losses.append(np.average(seen))
    return [w, losses]


# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    w, v = w.copy(), 0 * w
    losses = []
    for _ in range(epochs):
        seen = []
        for row, target in zip(X, y):
            loss, gradient = loss_and_gradient(row, target, w)
            w[:], v[:] = momentum_update(w, gradient, v, eta, gamma)
            seen.append(loss)
        losses.append(np.average(seen))
    return [w, losses]


# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    w, m, v, t = w.copy(), 0 * w, 0 * w, 1
    losses = []
    for _ in range(epochs):
        seen = []
        for row, target in zip(X, y):
            loss, gradient = loss_and_gradient(row, target, w)
            w, m, v = adam_update(w, gradient, m, v, t, eta)
            t += 1
            seen.append(loss)
        losses.append(np.average(seen))
    return [w, losses]
