# Sigmoid from tanh, tanh from exp, slopes from cosh: the same functions written in other sound ways.

# %% solution="sigmoid"
def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


# %% solution="forward"
def forward_propagation(x, y, w):
    inside = w[0] * x[0] + w[1] * x[1]
    val_1 = np.exp(inside * inside) * np.exp(w[5])
    u = val_1 + w[6]
    part_1 = (np.exp(u) - np.exp(-u)) / (np.exp(u) + np.exp(-u))
    sig = sigmoid(w[7] + (x[3] * w[3] + x[4] * w[4]) * np.sin(x[2] * w[2]))
    y_hat = w[8] * sig + part_1
    return {
        "L": y**2 - 2 * y * y_hat + y_hat**2,
        "dL": 2 * y_hat - 2 * y,
        "val_1": val_1,
        "part_1": part_1,
        "sigmoid": sig,
    }


# %% solution="backward"
def backward_propagation(x, w, forward):
    up, s = forward["dL"], forward["sigmoid"]
    sech2 = 1 / np.cosh(forward["val_1"] + w[6]) ** 2
    bell = 1 / (2 + s / (1 - s) + (1 - s) / s)
    inside = w[0] * x[0] + w[1] * x[1]
    return {
        "dw1": up * sech2 * forward["val_1"] * 2 * inside * x[0],
        "dw2": up * sech2 * forward["val_1"] * 2 * inside * x[1],
        "dw3": up * w[8] * bell * (w[3] * x[3] + w[4] * x[4]) * np.cos(w[2] * x[2]) * x[2],
        "dw4": up * w[8] * bell * np.sin(w[2] * x[2]) * x[3],
        "dw5": up * w[8] * bell * np.sin(w[2] * x[2]) * x[4],
        "dw6": up * sech2 * forward["val_1"],
        "dw7": up * sech2,
        "dw8": up * w[8] * bell,
        "dw9": up * s,
    }


# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    d = as_vector(backward_propagation(x, w, forward_propagation(x, y, w)))
    a = []
    for i in range(9):
        unit = np.zeros(9)
        unit[i] = 1.0
        a.append(
            (forward_propagation(x, y, w + eps * unit)["L"] - forward_propagation(x, y, w - eps * unit)["L"])
            / eps
            / 2
        )
    a = np.array(a)
    return (np.sum((d - a) ** 2) ** 0.5) / (np.sum(d**2) ** 0.5 + np.sum(a**2) ** 0.5)


def as_vector(gradients):
    return np.array([float(gradients[f"dw{i}"]) for i in range(1, 10)])


# %% solution="vanilla"
def vanilla_update(w, g, eta):
    step = -eta * g
    return w + step


# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    # The running mean of the other form, times the factor between the two.
    mean = gamma * (v / eta) + g if eta else gamma * v
    v = eta * mean if eta else mean
    return w - v, v


# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + g - beta1 * g
    v = beta2 * v + g**2 - beta2 * g**2
    # Both corrections in one factor; eps has to be scaled with v then.
    full1, full2 = 1 - beta1**t, 1 - beta2**t
    rate = eta * np.sqrt(full2) / full1
    return w - rate * m / np.sqrt(v + eps * full2), m, v


# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = []
    for _ in range(epochs):
        mean = 0
        for n, (row, target) in enumerate(zip(X, y), 1):
            fp = forward_propagation(row, target, w)
            mean += (fp["L"] - mean) / n
            w = vanilla_update(w, as_vector(backward_propagation(row, w, fp)), eta)
        losses += [mean]
    return w, losses


# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    losses = []
    v = np.zeros(9)
    for _ in range(epochs):
        mean = 0
        for n, (row, target) in enumerate(zip(X, y), 1):
            fp = forward_propagation(row, target, w)
            mean += (fp["L"] - mean) / n
            w, v = momentum_update(w, as_vector(backward_propagation(row, w, fp)), v, eta, gamma)
        losses += [mean]
    return w, losses


# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    losses = []
    state = (np.zeros(9), np.zeros(9))
    for epoch in range(epochs):
        mean = 0
        for n, (row, target) in enumerate(zip(X, y), 1):
            fp = forward_propagation(row, target, w)
            mean += (fp["L"] - mean) / n
            gradient = as_vector(backward_propagation(row, w, fp))
            w, *state = adam_update(w, gradient, *state, epoch * len(X) + n, eta)
        losses += [mean]
    return w, losses
