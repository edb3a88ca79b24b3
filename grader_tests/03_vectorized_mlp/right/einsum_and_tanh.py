# Written with einsum, tanh and cosh, returns tuples where lists are usual, and 0-d arrays for single numbers.

# %% solution="sigmoid"
def sigmoid(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


def sigmoid_prime(z):
    return 1 / (4 * np.cosh(np.asarray(z) / 2) ** 2)

# %% solution="cost"
def cost(y_hat, y):
    error = np.subtract(y_hat, y)
    return np.asarray(np.einsum("pk,pk->", error, error) / error.size)

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    rng = np.random.RandomState(seed)
    return tuple((2 * rng.rand(b, a + 1) - 1) * epsilon for a, b in zip(layers[:-1], layers[1:]))

# %% solution="forward"
def forward_propagation(X, theta):
    A, Z = (np.insert(X, 0, 1, axis=1),), ()
    for matrix in theta:
        Z += (np.einsum("pj,ij->pi", A[-1], matrix),)
        A += (np.insert(sigmoid(Z[-1]), 0, 1, axis=1),)
    A = (*A[:-1], np.delete(A[-1], 0, axis=1))
    return [A, Z, A[-1].copy()]

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    delta = np.multiply(A[-1] - y, sigmoid_prime(Z[-1])) / (len(y) * len(y[0]) / 2)
    deltas, gradients = (), ()
    for step in range(len(theta) - 1, -1, -1):
        deltas = (delta, *deltas)
        gradients = (np.einsum("pi,pj->ij", delta, A[step]), *gradients)
        if step:
            delta = np.einsum("pi,ij,pj->pj", delta, theta[step][:, 1:], sigmoid_prime(Z[step - 1]))
    return [deltas, gradients]

# %% solution="slopes"
def one_sided(f, x, h):
    return np.array((f(x + h) - f(x)) / h)


def centred(f, x, h):
    return np.array((one_sided(f, x, h) + one_sided(f, x, -h)) / 2)

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    def measured(number, i, j):
        def along(value):
            weights = list(theta)
            weights[number] = theta[number].copy()
            weights[number][i, j] = value
            return float(cost(forward_propagation(X, weights)[2], y))

        return float(centred(along, theta[number][i, j], h))

    return tuple(
        np.array([[measured(number, i, j) for j in range(matrix.shape[1])] for i in range(matrix.shape[0])])
        for number, matrix in enumerate(theta)
    )

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    g = np.hstack([np.ravel(matrix) for matrix in back_propagation(theta=theta, y=y, Z=Z, A=A)[1]])
    n = np.hstack([np.ravel(matrix) for matrix in numerical_gradients(X=X, y=y, theta=theta, h=h)])
    return np.asarray(np.sqrt((g - n) @ (g - n)) / (np.sqrt(g @ g) + np.sqrt(n @ n)))

# %% solution="puzzle"
def article_factor(m, n_out):
    return np.asarray(np.prod([m, n_out, 0.5]))

# %% solution="update"
def update_parameters(theta, gradients, eta):
    return tuple(np.subtract(t, np.multiply(eta, g)) for t, g in zip(theta, gradients))

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = np.zeros(epochs)
    for epoch in range(epochs):
        A, Z, y_hat = forward_propagation(X, theta)
        costs[epoch] = cost(y_hat, y)
        theta = update_parameters(theta, back_propagation(y, theta, A, Z)[1], eta)
    return [tuple(theta), costs]

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    rows = np.arange(len(theta[layer]))
    rows[[i, j]] = j, i
    columns = np.concatenate([[0], rows + 1])
    return tuple(
        matrix[rows] if number == layer else matrix[:, columns] if number == layer + 1 else matrix
        for number, matrix in enumerate(theta)
    )

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
