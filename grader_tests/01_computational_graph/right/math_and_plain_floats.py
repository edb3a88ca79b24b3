# Only the math module and plain floats in the graph; the gradient check works on a list.

# %% solution="sigmoid"
import math


def sigmoid(z):
    return 1.0 / (1.0 + math.exp(-z))


# %% solution="forward"
def forward_propagation(x, y, w):
    f1, f2, f3, f4, f5 = (float(value) for value in x)
    w1, w2, w3, w4, w5, w6, w7, w8, w9 = (float(value) for value in w)
    fp = {}
    fp["val_1"] = math.exp(math.pow(w1 * f1 + w2 * f2, 2) + w6)
    fp["part_1"] = math.tanh(fp["val_1"] + w7)
    fp["sigmoid"] = sigmoid(math.sin(w3 * f3) * (w4 * f4 + w5 * f5) + w8)
    y_hat = fp["part_1"] + w9 * fp["sigmoid"]
    fp["L"] = math.pow(y - y_hat, 2)
    fp["dL"] = -2 * (y - y_hat)
    return fp


# %% solution="backward"
def backward_propagation(x, w, forward):
    f1, f2, f3, f4, f5 = (float(value) for value in x)
    w1, w2, w3, w4, w5, _, _, _, w9 = (float(value) for value in w)
    dw = {"dw9": forward["dL"] * forward["sigmoid"]}
    dw["dw8"] = forward["dL"] * w9 * (forward["sigmoid"] - forward["sigmoid"] ** 2)
    dw["dw7"] = forward["dL"] * (1 + forward["part_1"]) * (1 - forward["part_1"])
    dw["dw6"] = dw["dw7"] * forward["val_1"]
    dw["dw5"] = dw["dw8"] * math.sin(w3 * f3) * f5
    dw["dw4"] = dw["dw8"] * math.sin(w3 * f3) * f4
    dw["dw3"] = dw["dw8"] * (w4 * f4 + w5 * f5) * math.cos(w3 * f3) * f3
    dw["dw2"] = dw["dw6"] * 2 * (w1 * f1 + w2 * f2) * f2
    dw["dw1"] = dw["dw6"] * 2 * (w1 * f1 + w2 * f2) * f1
    return dw


# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    gradients = backward_propagation(x, w, forward_propagation(x, y, w))
    difference = ours = theirs = 0.0
    for i in range(9):
        turned = [float(value) for value in w]
        turned[i] = float(w[i]) + eps
        above = forward_propagation(x, y, turned)["L"]
        turned[i] = float(w[i]) - eps
        below = forward_propagation(x, y, turned)["L"]
        approx = (above - below) / (2 * eps)
        exact = gradients["dw" + str(i + 1)]
        difference += (exact - approx) ** 2
        ours += exact**2
        theirs += approx**2
    return math.sqrt(difference) / (math.sqrt(ours) + math.sqrt(theirs))


# %% solution="vanilla"
def vanilla_update(w, g, eta):
    return np.array([w[i] - eta * g[i] for i in range(len(w))])


# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    velocity = [gamma * old + eta * slope for old, slope in zip(v, g)]
    return np.array([a - b for a, b in zip(w, velocity)]), np.array(velocity)


# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    new_w, new_m, new_v = [], [], []
    for weight, slope, mean, square in zip(w, g, m, v):
        mean = beta1 * mean + (1 - beta1) * slope
        square = beta2 * square + (1 - beta2) * slope * slope
        corrected = mean / (1 - math.pow(beta1, t)), square / (1 - math.pow(beta2, t))
        new_w.append(weight - eta * corrected[0] / math.sqrt(corrected[1] + eps))
        new_m.append(mean)
        new_v.append(square)
    return np.array(new_w), np.array(new_m), np.array(new_v)


# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = []
    while len(losses) < epochs:
        total = 0.0
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            dw = backward_propagation(X[i], w, fp)
            w = vanilla_update(w, [dw[f"dw{k}"] for k in range(1, 10)], eta)
            total += float(fp["L"])
        losses.append(total / len(X))
    return w, losses


# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    losses, v = [], [0.0] * 9
    while len(losses) < epochs:
        total = 0.0
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            w, v = momentum_update(w, as_vector(backward_propagation(X[i], w, fp)), np.array(v), eta, gamma)
            total += float(fp["L"])
        losses.append(total / len(X))
    return w, losses


# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    losses, m, v = [], np.zeros(9), np.zeros(9)
    while len(losses) < epochs:
        total = 0.0
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            t = len(losses) * len(X) + i + 1
            w, m, v = adam_update(w, as_vector(backward_propagation(X[i], w, fp)), m, v, t, eta)
            total += float(fp["L"])
        losses.append(total / len(X))
    return w, losses
