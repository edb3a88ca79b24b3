# Recursion and reduce take the place of loops.

# %% solution="sigmoid"
from functools import reduce
from math import e


def sigmoid(z):
    return 1 - 1 / (1 + e**z)


# %% solution="forward"
def forward_propagation(x, y, w):
    def chain(value, *steps):
        return chain(steps[0](value), *steps[1:]) if steps else value

    val_1 = chain(w[0] * x[0] + w[1] * x[1], lambda u: u**2, lambda u: u + w[5], np.exp)
    part_1 = chain(val_1, lambda u: u + w[6], np.tanh)
    sig = chain(w[2] * x[2], np.sin, lambda u: u * (w[3] * x[3] + w[4] * x[4]), lambda u: u + w[7], sigmoid)
    miss = part_1 + sig * w[8] - y
    return {"sigmoid": sig, "part_1": part_1, "val_1": val_1, "dL": 2 * miss, "L": miss**2}


# %% solution="backward"
def backward_propagation(x, w, forward):
    product = lambda *factors: reduce(lambda a, b: a * b, factors)  # noqa: E731
    to_tanh = [forward["dL"], 1 - forward["part_1"] ** 2]
    to_square = [*to_tanh, forward["val_1"], 2, w[0] * x[0] + w[1] * x[1]]
    to_sigmoid = [forward["dL"], w[8], forward["sigmoid"], 1 - forward["sigmoid"]]
    ways = {
        1: [*to_square, x[0]],
        2: [*to_square, x[1]],
        3: [*to_sigmoid, w[3] * x[3] + w[4] * x[4], np.cos(w[2] * x[2]), x[2]],
        4: [*to_sigmoid, np.sin(w[2] * x[2]), x[3]],
        5: [*to_sigmoid, np.sin(w[2] * x[2]), x[4]],
        6: [*to_tanh, forward["val_1"]],
        7: to_tanh,
        8: to_sigmoid,
        9: [forward["dL"], forward["sigmoid"]],
    }
    return {f"dw{number}": product(*way) for number, way in ways.items()}


# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    def measure(i):
        if i == 9:
            return []
        up, down = list(w), list(w)
        up[i], down[i] = up[i] + eps, down[i] - eps
        rise = forward_propagation(x, y, np.array(up))["L"] - forward_propagation(x, y, np.array(down))["L"]
        return [rise / (2 * eps), *measure(i + 1)]

    approx = np.array(measure(0))
    dw = backward_propagation(x, w, forward_propagation(x, y, w))
    exact = np.array([dw[f"dw{i}"] for i in range(1, 10)])
    return np.hypot.reduce(exact - approx) / (np.hypot.reduce(exact) + np.hypot.reduce(approx))


# %% solution="vanilla"
def vanilla_update(w, g, eta):
    return np.array(list(map(lambda weight, slope: weight - eta * slope, w, g)))


# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    v = np.sum([gamma * v, eta * g], axis=0)
    return np.sum([w, -v], axis=0), v


# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    def power(beta, n):
        if n == 0:
            return 1
        half = power(beta, n // 2)
        return half * half * (beta if n % 2 else 1)

    m = (1 - beta1) * g + beta1 * m
    v = (1 - beta2) * g**2 + beta2 * v
    return w - eta * m / (1 - power(beta1, t)) / np.sqrt(v / (1 - power(beta2, t)) + eps), m, v


# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    if epochs == 0:
        return w, []

    def meet(state, row):
        w, total = state
        fp = forward_propagation(*row, w)
        return vanilla_update(w, as_vector(backward_propagation(row[0], w, fp)), eta), total + fp["L"]

    w, total = reduce(meet, zip(X, y), (w, 0))
    w, later = train_vanilla(X, y, w, epochs - 1, eta)
    return w, [total / len(X), *later]


# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma, v=None):
    if epochs == 0:
        return w, []

    def meet(state, row):
        w, v, total = state
        fp = forward_propagation(*row, w)
        w_next, v = momentum_update(w, as_vector(backward_propagation(row[0], w, fp)), v, eta, gamma)
        return w_next, v, total + fp["L"]

    w, v, total = reduce(meet, zip(X, y), (w, np.zeros(9) if v is None else v, 0))
    w, later = train_momentum(X, y, w, epochs - 1, eta, gamma, v)
    return w, [total / len(X), *later]


# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    def walk(w, m, v, t, left):
        if left == 0:
            return w, []
        total = 0
        for row, target in zip(X, y):
            fp = forward_propagation(row, target, w)
            t += 1
            w, m, v = adam_update(w, as_vector(backward_propagation(row, w, fp)), m, v, t, eta)
            total += fp["L"]
        w, later = walk(w, m, v, t, left - 1)
        return w, [total / len(X), *later]

    return walk(w, np.zeros(9), np.zeros(9), 0, epochs)
