# Slices and dot products instead of single terms; updates by keyword; losses kept in an array.

# %% solution="sigmoid"
def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))


# %% solution="forward"
def forward_propagation(x, y, w):
    x, w = np.asarray(x), np.asarray(w)
    val_1 = np.exp(np.dot(w[:2], x[:2]) ** 2 + w[5])
    part_1 = np.tanh(val_1 + w[6])
    sig = sigmoid(np.sin(w[2] * x[2]) * np.dot(w[3:5], x[3:5]) + w[7])
    y_hat = np.dot([1, w[8]], [part_1, sig])
    return dict(L=np.square(y - y_hat), dL=2 * (y_hat - y), val_1=val_1, part_1=part_1, sigmoid=sig)


# %% solution="backward"
def backward_propagation(x, w, forward):
    x, w = np.asarray(x), np.asarray(w)
    gradient = np.empty(9)
    gradient[8] = forward["dL"] * forward["sigmoid"]
    gradient[7] = forward["dL"] * w[8] * forward["sigmoid"] * (1 - forward["sigmoid"])
    gradient[6] = forward["dL"] * (1 - forward["part_1"] ** 2)
    gradient[5] = gradient[6] * forward["val_1"]
    gradient[3:5] = gradient[7] * np.sin(w[2] * x[2]) * x[3:5]
    gradient[2] = gradient[7] * np.cos(w[2] * x[2]) * x[2] * (w[3:5] @ x[3:5])
    gradient[:2] = gradient[5] * 2 * (w[:2] @ x[:2]) * x[:2]
    return {f"dw{i + 1}": slope for i, slope in enumerate(gradient)}


# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    def loss(turned):
        return forward_propagation(x, y, turned)["L"]

    exact = as_vector(backward_propagation(x, w, forward_propagation(x, y, w)))
    steps = np.eye(9) * eps
    approx = np.array([loss(w + step) - loss(w - step) for step in steps]) / (2 * eps)
    size = lambda vector: np.sqrt(vector @ vector)  # noqa: E731
    return size(exact - approx) / (size(exact) + size(approx))


def as_vector(gradients):
    return np.array([gradients[f"dw{i}"] for i in range(1, 10)])


# %% solution="vanilla"
def vanilla_update(w, g, eta):
    return np.subtract(w, np.multiply(eta, g))


# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    both = np.array([w, np.zeros_like(w)])
    both[1] = np.dot([gamma, eta], [v, g])
    both[0] -= both[1]
    return both[0], both[1]


# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (np.square(g) - v)
    step = eta * np.divide(m, 1 - beta1**t) * np.power(v / (1 - beta2**t) + eps, -0.5)
    return w - step, m, v


# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = np.zeros((epochs, len(X)))
    for epoch in range(epochs):
        for i, (row, target) in enumerate(zip(X, y)):
            fp = forward_propagation(x=row, y=target, w=w)
            losses[epoch, i] = fp["L"]
            w = vanilla_update(w=w, g=as_vector(backward_propagation(row, w, fp)), eta=eta)
    return w, list(losses.mean(axis=1))


# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    losses = np.zeros((epochs, len(X)))
    v = np.zeros_like(w)
    for epoch, i in np.ndindex(losses.shape):
        fp = forward_propagation(X[i], y[i], w)
        losses[epoch, i] = fp["L"]
        w, v = momentum_update(w=w, g=as_vector(backward_propagation(X[i], w, fp)), v=v, eta=eta, gamma=gamma)
    return w, losses.mean(axis=1).tolist()


# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    losses = np.zeros((epochs, len(X)))
    m, v = np.zeros((2, 9))
    for t, (epoch, i) in enumerate(np.ndindex(losses.shape), start=1):
        fp = forward_propagation(X[i], y[i], w)
        losses[epoch, i] = fp["L"]
        w, m, v = adam_update(w, as_vector(backward_propagation(X[i], w, fp)), m, v, t, eta=eta)
    return w, losses.mean(axis=1).tolist()
