# Computes the sigmoid and its slope inside each function, from the activations where it can: no function needs another.

# %% solution="sigmoid"
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + small), small / (1 + small))


def sigmoid_prime(z):
    return 1 / (2 + np.exp(z) + np.exp(-z))

# %% solution="cost"
def cost(y_hat, y):
    m, n = y.shape
    return np.trace((y_hat - y).T @ (y_hat - y)) / m / n

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    np.random.seed(seed)
    theta = []
    for k in range(1, len(layers)):
        theta.append(np.random.uniform(-epsilon, epsilon, size=(layers[k], layers[k - 1] + 1)))
    return theta

# %% solution="forward"
def forward_propagation(X, theta):
    m = X.shape[0]
    A, Z = [], []
    signal = X
    for matrix in theta:
        A.append(np.concatenate([np.ones((m, 1)), signal], axis=1))
        Z.append((matrix @ A[-1].T).T)
        signal = 1 / (1 + np.exp(-Z[-1]))
    A.append(signal)
    return A, Z, signal

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    m, n = y.shape
    y_hat = A[len(theta)]
    blame = 2 * (y_hat - y) / (m * n)
    deltas, gradients = [], []
    for step in reversed(range(len(theta))):
        out = A[step + 1] if step == len(theta) - 1 else A[step + 1][:, 1:]
        delta = blame * out * (1 - out)
        deltas.append(delta)
        gradients.append(np.matmul(delta.T, A[step]))
        blame = np.matmul(delta, theta[step][:, 1:])
    return deltas[::-1], gradients[::-1]

# %% solution="slopes"
def one_sided(f, x, h):
    return (f(x + h) - f(x)) * (1 / h)


def centred(f, x, h):
    return (f(x + h) - f(x) + f(x) - f(x - h)) / (2.0 * h)

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    # This one moves the weights that it was given, and puts each of them back.
    measured = []
    for matrix in theta:
        slopes = np.zeros(matrix.shape)
        for place in np.ndindex(*matrix.shape):
            kept = matrix[place]
            matrix[place] = kept + h
            above = cost(forward_propagation(X, theta)[2], y)
            matrix[place] = kept - h
            below = cost(forward_propagation(X, theta)[2], y)
            matrix[place] = kept
            slopes[place] = (above - below) / (2 * h)
        measured.append(slopes)
    return measured

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    gradients = back_propagation(y, theta, A, Z)[1]
    g, n = [], []
    for number, matrix in enumerate(theta):
        for place in np.ndindex(matrix.shape):
            costs = []
            for value in (matrix[place] + h, matrix[place] - h):
                moved = [np.array(other) for other in theta]
                moved[number][place] = value
                costs.append(cost(forward_propagation(X, moved)[2], y))
            n.append((costs[0] - costs[1]) / (2 * h))
            g.append(gradients[number][place])
    g, n = np.array(g), np.array(n)
    return np.hypot.reduce(g - n) / (np.hypot.reduce(g) + np.hypot.reduce(n))

# %% solution="puzzle"
def article_factor(m, n_out):
    half_square = n_out / 2
    return half_square * m

# %% solution="update"
def update_parameters(theta, gradients, eta):
    return [*map(lambda pair: pair[0] - pair[1] * eta, zip(theta, gradients))]

# %% solution="train"
def train(X, y, theta, eta, epochs):
    weights = [np.array(matrix) for matrix in theta]
    costs = []
    for _ in range(epochs):
        A, Z, y_hat = forward_propagation(X, weights)
        costs.append(np.asarray(cost(y_hat, y)))
        gradients = back_propagation(y, weights, A, Z)[1]
        moved = update_parameters(weights, gradients, eta)
        for matrix, new in zip(weights, moved):
            matrix[...] = new
    return weights, costs

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    rows = list(theta[layer])
    rows[i], rows[j] = rows[j], rows[i]
    columns = list(theta[layer + 1].T)
    columns[i + 1], columns[j + 1] = columns[j + 1], columns[i + 1]
    new = [np.array(matrix) for matrix in theta]
    new[layer], new[layer + 1] = np.array(rows), np.array(columns).T
    return new

# %% solution="vanishing"
def blame_sizes(X, weights, bend, slope):
    def down(signal, rest):
        received = signal @ rest[0]
        if len(rest) == 1:
            blame = slope(received)
            return blame, [np.mean(np.abs(blame))]
        later, sizes = down(bend(received), rest[1:])
        blame = (later @ rest[1].T) * slope(received)
        return blame, [np.mean(np.abs(blame)), *sizes]

    return down(X, list(weights))[1]
