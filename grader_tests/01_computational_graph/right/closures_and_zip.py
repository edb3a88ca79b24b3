# A class that is a graph, unpacked weights, closures, recursion over epochs, lists for vectors.

# %% solution="sigmoid"
from functools import cache, partial
import math


def sigmoid(z, /):
    try:
        return 1 / (1 + math.exp(-z))
    except OverflowError:
        return 0.0


# %% solution="forward"
class Graph:
    def __init__(self, w):
        self.w = list(w)

    def __call__(self, x, y):
        w1, w2, w3, w4, w5, w6, w7, w8, w9 = self.w
        f1, f2, f3, f4, f5 = x
        self.val_1 = math.exp((w1 * f1 + w2 * f2) ** 2 + w6)
        self.part_1 = math.tanh(self.val_1 + w7)
        self.sigmoid = sigmoid(math.sin(w3 * f3) * (w4 * f4 + w5 * f5) + w8)
        y_hat = self.part_1 + w9 * self.sigmoid
        self.L, self.dL = (y - y_hat) ** 2, -2 * (y - y_hat)
        return {k: v for k, v in vars(self).items() if k != "w"}


def forward_propagation(x, y, w):
    return Graph(w)(x, y)


# %% solution="backward"
def backward_propagation(x, w, forward):
    names = [f"dw{i}" for i in range(1, 10)]
    w = (None, *w)
    f = (None, *x)
    up = forward["dL"]

    def tanh_slope(s):
        return (1 - s) * (1 + s)

    d9 = up * forward["sigmoid"]
    d8 = up * w[9] * forward["sigmoid"] * (1 - forward["sigmoid"])
    d7 = up * tanh_slope(forward["part_1"])
    d6 = d7 * forward["val_1"]
    d12 = [2 * d6 * (w[1] * f[1] + w[2] * f[2]) * k for k in f[1:3]]
    d3 = d8 * (w[4] * f[4] + w[5] * f[5]) * math.cos(w[3] * f[3]) * f[3]
    d45 = [d8 * math.sin(w[3] * f[3]) * k for k in f[4:]]
    return dict(zip(names, [*d12, d3, *d45, d6, d7, d8, d9]))


# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    w = np.array(w, dtype=float)
    original = w.copy()
    approx = np.empty(9)
    for i in reversed(range(9)):
        w[i] = original[i] + eps
        up = forward_propagation(x, y, w.copy())["L"]
        w[i] = original[i] - eps
        down = forward_propagation(x, y, w.copy())["L"]
        w[i] = original[i]
        approx[i] = (up - down) / 2 / eps
    fwd = forward_propagation(x, y, w)
    exact = np.array(list(dict(sorted(backward_propagation(x, w, fwd).items())).values()))
    return np.linalg.norm(exact - approx, 2) / sum(map(np.linalg.norm, (exact, approx)))


# %% solution="vanilla"
def vanilla_update(w, g, eta):
    new = np.copy(w)
    new -= eta * g
    return new


# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    return w - (v := gamma * v + eta * g), v


# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    new_w, new_m, new_v = [], [], []
    for a, b, c, d in zip(w, g, m, v):
        c = c + (1 - beta1) * (b - c)
        d = d + (1 - beta2) * (b * b - d)
        new_m.append(c)
        new_v.append(d)
        new_w.append(a - eta * c / (1 - beta1**t) / math.sqrt(d / (1 - beta2**t) + eps))
    return np.array(new_w), np.array(new_m), np.array(new_v)


# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    def epoch(w):
        seen = []
        for row, target in zip(X, y):
            fwd = forward_propagation(row, target, w)
            w = vanilla_update(w, as_vector(backward_propagation(row, w, fwd)), eta)
            seen.append(fwd["L"])
        return w, np.mean(seen)

    def walk(w, left):
        if left == 0:
            return w, []
        w, loss = epoch(w)
        end, losses = walk(w, left - 1)
        return end, [loss, *losses]

    return walk(w, epochs)


# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    velocity = 0 * w
    all_losses = np.empty((epochs, len(y)))
    for epoch in range(epochs):
        for row in range(len(y)):
            forward = forward_propagation(X[row], y[row], w)
            gradient = np.array([backward_propagation(X[row], w, forward)[f"dw{i + 1}"] for i in range(9)])
            w, velocity = momentum_update(w, gradient, velocity, eta, gamma)
            all_losses[epoch, row] = forward["L"]
    return w, all_losses.mean(axis=1).tolist()


# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    m = v = np.zeros(9)
    losses = []
    for epoch in range(epochs):
        losses.append(0)
        for row, (features, target) in enumerate(zip(X, y)):
            forward = forward_propagation(features, target, w)
            losses[-1] += forward["L"]
            gradient = as_vector(backward_propagation(features, w, forward))
            w, m, v = adam_update(w, gradient, m, v, epoch * len(X) + row + 1, eta)
        losses[-1] /= len(X)
    return w, losses
