# Right in every question, and computed in numbers of 32 bits.
# loses: cost-value cost-outputs init-range forward-input forward-z forward-hidden forward-output forward-layers backward-delta2 backward-delta1 backward-delta0 backward-theta2 backward-theta1 backward-theta0 backward-layers slopes-one-sided slopes-centred numerical-value gradcheck-distance update-step symmetry-rows symmetry-columns vanishing-last vanishing-all
# says: float64
# also: 32 bits

# %% solution="sigmoid"
def sigmoid(z):
    return 1 / (1 + np.exp(-np.asarray(z, dtype=np.float32)))


def sigmoid_prime(z):
    s = sigmoid(z)
    return s * (1 - s)


# %% solution="cost"
def cost(y_hat, y):
    return np.mean((np.asarray(y_hat, dtype=np.float32) - np.asarray(y, dtype=np.float32)) ** 2)


# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    rng = np.random.default_rng(seed)
    sizes = zip(layers[:-1], layers[1:])
    return [rng.uniform(-epsilon, epsilon, (b, a + 1)).astype(np.float32) for a, b in sizes]


# %% solution="forward"
def forward_propagation(X, theta):
    a = np.asarray(X, dtype=np.float32)
    A, Z = [], []
    for matrix in theta:
        A.append(np.hstack([np.ones((len(a), 1), dtype=np.float32), a]))
        Z.append(A[-1] @ matrix.T.astype(np.float32))
        a = sigmoid(Z[-1]).astype(np.float32)
    return [*A, a], Z, a


# %% solution="backward"
def back_propagation(y, theta, A, Z):
    theta, A, Z = ([np.asarray(part, dtype=np.float32) for part in parts] for parts in (theta, A, Z))
    delta = 2 * (A[-1] - np.float32(y)) / np.float32(y.size) * sigmoid_prime(Z[-1]).astype(np.float32)
    deltas, gradients = [delta], [delta.T @ A[-2]]
    for step in range(len(theta) - 2, -1, -1):
        delta = delta @ theta[step + 1][:, 1:] * sigmoid_prime(Z[step]).astype(np.float32)
        deltas.insert(0, delta)
        gradients.insert(0, delta.T @ A[step])
    return deltas, gradients


# %% solution="slopes"
def one_sided(f, x, h):
    return np.float32((f(x + h) - f(x)) / h)


def centred(f, x, h):
    return np.float32((f(x + h) - f(x - h)) / (2 * h))


# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    found = []
    for number, matrix in enumerate(theta):
        slopes = np.zeros(matrix.shape, dtype=np.float32)
        for place in np.ndindex(matrix.shape):
            costs = []
            for step in (h, -h):
                moved = [part.copy() for part in theta]
                moved[number][place] += step
                costs.append(cost(forward_propagation(X, moved)[2], y))
            slopes[place] = (costs[0] - costs[1]) / (2 * h)
        found.append(slopes)
    return found


# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    g = np.concatenate([np.ravel(part) for part in back_propagation(y, theta, A, Z)[1]]).astype(np.float32)
    n = np.concatenate([np.ravel(part) for part in numerical_gradients(X, y, theta, h)]).astype(np.float32)
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))


# %% solution="puzzle"
def article_factor(m, n_out):
    return np.float32(m * n_out / 2)


# %% solution="update"
def update_parameters(theta, gradients, eta):
    return [np.float32(matrix - eta * gradient) for matrix, gradient in zip(theta, gradients)]


# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    for _ in range(epochs):
        A, Z, y_hat = forward_propagation(X, theta)
        costs.append(cost(y_hat, y))
        theta = update_parameters(theta, back_propagation(y, theta, A, Z)[1], eta)
    return theta, costs


# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    new = [matrix.astype(np.float32) for matrix in theta]
    new[layer][[i, j]] = new[layer][[j, i]]
    new[layer + 1][:, [i + 1, j + 1]] = new[layer + 1][:, [j + 1, i + 1]]
    return new


# %% solution="vanishing"
def blame_sizes(X, weights, bend, slope):
    weights = [matrix.astype(np.float32) for matrix in weights]
    a, Z = np.float32(X), []
    for matrix in weights:
        Z.append(a @ matrix)
        a = bend(Z[-1]).astype(np.float32)
    blame = slope(Z[-1]).astype(np.float32)
    sizes = [np.mean(np.abs(blame))]
    for step in range(len(weights) - 1, 0, -1):
        blame = blame @ weights[step].T * slope(Z[step - 1]).astype(np.float32)
        sizes.insert(0, np.mean(np.abs(blame)))
    return sizes
