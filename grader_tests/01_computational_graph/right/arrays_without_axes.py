# Arrays of shape (), a note beside the numbers, torch for the way back, and steps that are lent to a loop.

# %% solution="sigmoid"
def sigmoid(z):
    return np.reciprocal(1.0 + np.exp(np.negative(z)))


# %% solution="forward"
def forward_propagation(x, y, w):
    a = np.array(w[0] * x[0] + w[1] * x[1])
    out = {}
    out["val_1"] = np.array(np.exp(a * a + w[5]))
    out["part_1"] = np.array(np.tanh(out["val_1"] + w[6]))
    out["sigmoid"] = np.array(sigmoid(np.sin(w[2] * x[2]) * (w[3] * x[3] + w[4] * x[4]) + w[7]))
    out["y_hat"] = out["part_1"] + w[8] * out["sigmoid"]
    out["L"] = np.array((y - out["y_hat"]) ** 2)
    out["dL"] = np.array(2.0 * (out["y_hat"] - y))
    out["note"] = "done"
    return out


# %% solution="backward"
def backward_propagation(x, w, forward):
    import torch

    wt = torch.tensor(np.array(w, dtype=float), requires_grad=True)
    xt = torch.tensor(np.array(x, dtype=float))
    p = torch.tanh(torch.exp((wt[0] * xt[0] + wt[1] * xt[1]) ** 2 + wt[5]) + wt[6])
    s = torch.sigmoid(torch.sin(wt[2] * xt[2]) * (wt[3] * xt[3] + wt[4] * xt[4]) + wt[7])
    ((p + wt[8] * s) * float(forward["dL"])).backward()
    return {f"dw{i + 1}": g for i, g in enumerate(wt.grad)}


# %% solution="gradient-check"
def numeric(x, y, w, i, eps):
    above = np.array(w, dtype=float)
    above[i] += eps
    below = np.array(w, dtype=float)
    below[i] -= eps
    return (forward_propagation(x, y, above)["L"] - forward_propagation(x, y, below)["L"]) / (2 * eps)


def gradient_checking(x, y, w, eps=1e-5):
    grads = backward_propagation(x, w, forward_propagation(x, y, w))
    num = den1 = den2 = 0.0
    for i in range(9):
        n = numeric(x, y, w, i, eps)
        d = grads[f"dw{i + 1}"]
        num += (d - n) ** 2
        den1 += d**2
        den2 += n**2
    return float(np.sqrt(num) / (np.sqrt(den1) + np.sqrt(den2)))


# %% solution="vanilla"
def vanilla_update(w, g, eta):
    return np.array([a - eta * b for a, b in zip(w, g)])


# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    old_v = v
    w, v = np.array(w, copy=True), np.array(v, copy=True)
    v *= gamma
    v += eta * g
    w -= v
    return w, v


# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    def running(old, new, beta):
        return beta * old + (1 - beta) * new

    def filled(mean, beta):
        return mean / (1 - beta**t)

    m, v = running(m, g, beta1), running(v, g * g, beta2)
    step = filled(m, beta1) / np.sqrt(filled(v, beta2) + eps)
    return (w - eta * step, m, v)


# %% solution="train-vanilla"
def one_epoch(X, y, w, step):
    losses = []
    for features, target in zip(X, y):
        forward = forward_propagation(features, target, w)
        w = step(w, as_vector(backward_propagation(features, w, forward)))
        losses.append(forward["L"])
    return w, np.mean(losses)


def train_vanilla(X, y, w, epochs, eta):
    out = []
    for _ in range(epochs):
        w, loss = one_epoch(X, y, w, lambda w, g: vanilla_update(w, g, eta))
        out.append(loss)
    return w, out


# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    v = np.zeros(9)

    def step(w, g):
        nonlocal v
        w, v = momentum_update(w, g, v, eta, gamma=gamma)
        return w

    out = []
    for _ in range(epochs):
        w, loss = one_epoch(X, y, w, step)
        out.append(loss)
    return w, np.array(out)


# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    t, mean, square, out = 0, np.zeros_like(w), np.zeros_like(w), []
    data = list(zip(X, y))
    while len(out) < epochs:
        losses = []
        for features, target in data:
            forward = forward_propagation(features, target, w)
            losses.append(forward["L"])
            g = as_vector(backward_propagation(features, w, forward))
            w, mean, square = adam_update(w, g, mean, square, t := t + 1, eta)
        out.append(np.average(losses))
    return w, tuple(out)
