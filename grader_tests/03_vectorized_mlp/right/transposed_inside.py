# Keeps points in columns inside every function, as many textbooks do, and turns things round at the borders.

# %% solution="sigmoid"
def sigmoid(z):
    return np.reciprocal(1.0 + np.exp(-1.0 * np.asarray(z)))


def sigmoid_prime(z):
    s = np.reciprocal(1.0 + np.exp(-1.0 * np.asarray(z)))
    return np.multiply(s, np.subtract(1.0, s))

# %% solution="cost"
def cost(y_hat, y):
    return float(np.mean([e * e for e in (y_hat - y)]))

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    rng = np.random.Generator(np.random.PCG64(seed))
    weights = [rng.uniform(-epsilon, epsilon, (b, a)) for a, b in zip(layers, layers[1:])]
    biases = [rng.uniform(-epsilon, epsilon, (b, 1)) for b in layers[1:]]
    return [np.hstack((b, w)) for b, w in zip(biases, weights)]

# %% solution="forward"
def forward_propagation(X, theta):
    ones = np.ones((1, len(X)))
    columns = [np.vstack((ones, X.T))]
    received = []
    for number, matrix in enumerate(theta, start=1):
        received.append(np.dot(matrix, columns[-1]))
        sent = sigmoid(received[-1])
        columns.append(sent if number == len(theta) else np.vstack((ones, sent)))
    A = [matrix.T for matrix in columns]
    return A, [matrix.T for matrix in received], A[-1]

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    delta = ((A[-1] - y) * sigmoid_prime(Z[-1])).T / y.shape[0] / y.shape[1] * 2
    deltas, gradients = [], []
    for step, matrix in reversed(list(enumerate(theta))):
        deltas.insert(0, delta.T)
        gradients.insert(0, delta @ A[step])
        if step > 0:
            delta = (matrix.T @ delta)[1:] * sigmoid_prime(Z[step - 1]).T
    return deltas, gradients

# %% solution="slopes"
def one_sided(f, x, h):
    points = [x, x + h]
    return np.diff([f(point) for point in points])[0] / h


def centred(f, x, h):
    points = [x - h, x + h]
    return np.diff([f(point) for point in points]).item() / (2 * h)

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    slopes = []
    for number in range(len(theta)):
        rows, columns = theta[number].shape
        slopes.append(np.full((rows, columns), np.nan))
        for j in range(columns):
            for i in range(rows):
                up = [np.copy(matrix) for matrix in theta]
                down = [np.copy(matrix) for matrix in theta]
                up[number][i, j] += h
                down[number][i, j] -= h
                rise = cost(forward_propagation(X, up)[2], y) - cost(forward_propagation(X, down)[2], y)
                slopes[-1][i, j] = 0.5 * rise / h
    return slopes

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    _, gradients = back_propagation(y, theta, A, Z)
    measured = numerical_gradients(X, y, theta, h)
    g = np.concatenate([matrix.T.reshape(-1) for matrix in gradients])
    n = np.concatenate([matrix.T.reshape(-1) for matrix in measured])
    return np.sqrt(np.sum((n - g) ** 2)) / (np.sqrt(np.sum(n**2)) + np.sqrt(np.sum(g**2)))

# %% solution="puzzle"
def article_factor(m, n_out):
    return (m / 2) * n_out

# %% solution="update"
def update_parameters(theta, gradients, eta):
    flat = np.concatenate([matrix.ravel() for matrix in theta])
    down = np.concatenate([matrix.ravel() for matrix in gradients])
    flat = flat - eta * down
    pieces = np.split(flat, np.cumsum([matrix.size for matrix in theta])[:-1])
    return [piece.reshape(matrix.shape) for piece, matrix in zip(pieces, theta)]

# %% solution="train"
def train(X, y, theta, eta, epochs):
    path = [list(theta)]
    for _ in range(epochs):
        A, Z, _ = forward_propagation(X, path[-1])
        path.append(update_parameters(path[-1], back_propagation(y, path[-1], A, Z)[1], eta))
    costs = [cost(forward_propagation(X, weights)[2], y) for weights in path[:-1]]
    return path[-1], costs

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    new = [matrix.T.copy() for matrix in theta]
    new[layer][:, [j, i]] = theta[layer].T[:, [i, j]]
    new[layer + 1][[j + 1, i + 1]] = theta[layer + 1].T[[i + 1, j + 1]]
    return [matrix.T for matrix in new]

# %% solution="vanishing"
def blame_sizes(X, weights, bend, slope):
    signals, slopes = np.asarray(X), []
    for matrix in weights:
        received = np.einsum("ni,ij->nj", signals, matrix)
        slopes.append(slope(received))
        signals = bend(received)
    blame, found = slopes.pop(), []
    for matrix in [*weights[:0:-1], None]:
        found.append(np.linalg.norm(blame.ravel(), 1) / blame.size)
        if matrix is not None:
            blame = np.einsum("nj,ij->ni", blame, matrix) * slopes.pop()
    return np.array(found[::-1])
