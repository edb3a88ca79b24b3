# Stacks of rows, a matrix that permutes units, sums of matrices with a single entry, a dict of sizes.

# %% solution="cost"
def cost(y_hat, y):
    return float(np.square(y_hat - y).sum() / y_hat.size)


# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    theta, g = [], np.random.default_rng(seed)
    for l, n in enumerate(layers[1:]):
        theta.append(g.random((n, layers[l] + 1)) * 2 * epsilon - epsilon)
    return theta


# %% solution="forward"
def forward_propagation(X, theta):
    m = X.shape[0]
    A = [np.hstack([np.ones((m, 1)), X])]
    Z = []
    for l, t in enumerate(theta):
        Z.append(np.stack([A[l] @ row for row in t], axis=1))
        last = l == len(theta) - 1
        a = sigmoid(Z[l])
        A.append(a if last else np.column_stack((np.ones(m), a)))
    return A, Z, A[-1]


# %% solution="backward"
def back_propagation(y, theta, A, Z):
    deltas, gradients = [], []
    error = 2 * (A[-1] - y) / y.size
    for l in reversed(range(len(theta))):
        delta = error * sigmoid_prime(Z[l])
        error = delta @ theta[l][:, 1:]
        deltas.append(delta)
        gradients.append((A[l].T @ delta).T)
    return deltas[::-1], gradients[::-1]


# %% solution="slopes"
def difference(f, a, b):
    return (f(a) - f(b)) / (a - b)


def one_sided(f, x, h):
    return (f(x) - f(x + h)) / -h


def centred(f, x, h):
    return sum(s * f(x + s * h) for s in (1, -1)) / (2 * h)


# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    grads = [np.zeros_like(t) for t in theta]
    for l, t in enumerate(theta):
        for i in range(t.shape[0]):
            for j in range(t.shape[1]):
                E = np.zeros(t.shape)
                E[i, j] = h
                up = cost(forward_propagation(X, theta[:l] + [t + E] + theta[l + 1 :])[2], y)
                down = cost(forward_propagation(X, theta[:l] + [t - E] + theta[l + 1 :])[2], y)
                grads[l][i, j] = (up - down) / (2 * h)
    return grads


# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    flat = lambda mats: np.array([v for m in mats for row in m for v in row])
    A, Z, y_hat = forward_propagation(X, theta)
    a, b = flat(back_propagation(y, theta, A, Z)[1]), flat(numerical_gradients(X, y, theta, h))
    return np.linalg.norm(b - a) / np.add(*map(np.linalg.norm, (a, b)))


# %% solution="puzzle"
def article_factor(m, n_out):
    return np.prod([m, n_out]) / 2


# %% solution="update"
def update_parameters(theta, gradients, eta):
    updated = []
    for matrix, slope in zip(theta, gradients):
        copy = np.copy(matrix)
        copy[:] = matrix - eta * slope
        updated.append(copy)
    return updated


# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = np.zeros(epochs)
    for k in range(epochs):
        A, Z, y_hat = forward_propagation(X, theta)
        costs[k] = cost(y_hat, y)
        theta = update_parameters(theta, back_propagation(y, theta, A, Z)[1], eta)
    return theta, list(costs)


# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    new = [np.array(t) for t in theta]
    P = np.eye(len(theta[layer]))
    P[[i, j]] = P[[j, i]]
    new[layer] = P @ theta[layer]
    new[layer + 1][:, 1:] = theta[layer + 1][:, 1:] @ P
    return new


# %% solution="vanishing"
def blame_sizes(X, weights, bend, slope):
    z = [X @ weights[0]]
    z += [z.append(bend(z[-1]) @ W) or 0 for W in weights[1:]] and []
    out = {}
    blame = slope(z[-1])
    for l in range(len(weights) - 1, -1, -1):
        out[l] = np.mean(np.sqrt(blame**2))
        if l > 0:
            blame = np.einsum("pi,ji->pj", blame, weights[l]) * slope(z[l - 1])
    return [out[l] for l in sorted(out)]
