# Forward stores more than it must and backward uses it; both dicts are filled from the back.

# %% solution="sigmoid"
def sigmoid(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


# %% solution="forward"
def forward_propagation(x, y, w):
    cache = {"x": np.array(x), "note": "stored for the way back", "none": None}
    cache["inside"] = w[0] * x[0] + w[1] * x[1]
    cache["sine"], cache["cosine"] = np.sin(w[2] * x[2]), np.cos(w[2] * x[2])
    cache["bracket"] = w[3] * x[3] + w[4] * x[4]
    cache["sigmoid"] = sigmoid(cache["sine"] * cache["bracket"] + w[7])
    cache["val_1"] = np.exp(cache["inside"] ** 2 + w[5])
    cache["part_1"] = np.tanh(cache["val_1"] + w[6])
    cache["y_hat"] = cache["part_1"] + w[8] * cache["sigmoid"]
    cache["L"] = (y - cache["y_hat"]) ** 2
    cache["dL"] = 2 * (cache["y_hat"] - y)
    return cache


# %% solution="backward"
def backward_propagation(x, w, forward):
    dw = {}
    dw["dw9"] = forward["dL"] * forward["sigmoid"]
    dw["dw8"] = forward["dL"] * w[8] * forward["sigmoid"] * (1 - forward["sigmoid"])
    dw["dw7"] = forward["dL"] * (1 - forward["part_1"] ** 2)
    dw["dw6"] = dw["dw7"] * forward["val_1"]
    dw["dw5"] = dw["dw8"] * forward["sine"] * forward["x"][4]
    dw["dw4"] = dw["dw8"] * forward["sine"] * forward["x"][3]
    dw["dw3"] = dw["dw8"] * forward["bracket"] * forward["cosine"] * forward["x"][2]
    dw["dw2"] = dw["dw6"] * 2 * forward["inside"] * forward["x"][1]
    dw["dw1"] = dw["dw6"] * 2 * forward["inside"] * forward["x"][0]
    dw["all"] = list(dw.values())
    return dw


# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5, names=tuple(f"dw{i}" for i in range(1, 10))):
    forward = forward_propagation(x, y, w)
    dw = backward_propagation(x, w, forward)
    original, approx = [], []
    for i, name in enumerate(names):
        kept = w[i]
        w[i] = kept + eps
        above = forward_propagation(x, y, w)["L"]
        w[i] = kept - eps
        below = forward_propagation(x, y, w)["L"]
        w[i] = kept
        original.append(dw[name])
        approx.append((above - below) / (2 * eps))
    return np.linalg.norm(np.subtract(original, approx)) / (np.linalg.norm(original) + np.linalg.norm(approx))


# %% solution="vanilla"
def vanilla_update(w, g, eta):
    w = w - eta * g
    return w


# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    v, g = gamma * v, eta * g
    v = v + g
    w = w - v
    return w, v


# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    mhat, vhat = m / (1 - beta1**t), v / (1 - beta2**t)
    w = w - (eta / np.sqrt(vhat + eps)) * mhat
    return w, m, v


# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    history = {}
    for epoch in range(epochs):
        history[epoch] = []
        for x, target in zip(X, y):
            fp = forward_propagation(x, target, w)
            history[epoch].append(fp["L"])
            w = vanilla_update(w, as_vector(backward_propagation(x, w, fp)), eta)
    return w, [np.mean(losses) for losses in history.values()]


# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    history = {}
    v = np.zeros(len(w))
    for epoch in range(epochs):
        history[epoch] = []
        for x, target in zip(X, y):
            fp = forward_propagation(x, target, w)
            history[epoch].append(fp["L"])
            w, v = momentum_update(w, as_vector(backward_propagation(x, w, fp)), v, eta, gamma)
    return w, [np.mean(losses) for losses in history.values()]


# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    history, count = {}, 0
    m, v = np.zeros(len(w)), np.zeros(len(w))
    for epoch in range(epochs):
        history[epoch] = []
        for x, target in zip(X, y):
            count += 1
            fp = forward_propagation(x, target, w)
            history[epoch].append(fp["L"])
            w, m, v = adam_update(w, as_vector(backward_propagation(x, w, fp)), m, v, count, eta)
    return w, [np.mean(losses) for losses in history.values()]
