# Every pass is a recursion: a network is its first step followed by a smaller network.

# %% solution="sigmoid"
def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))


def sigmoid_prime(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2

# %% solution="cost"
def cost(y_hat, y):
    return ((y - y_hat) ** 2).mean(axis=1).mean()

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    def rest(sizes, source):
        if len(sizes) < 2:
            return []
        first = source.uniform(low=-epsilon, high=epsilon, size=(sizes[1], 1 + sizes[0]))
        return [first, *rest(sizes[1:], source)]

    return rest(layers, np.random.default_rng(seed))

# %% solution="forward"
def forward_propagation(X, theta):
    start = np.c_[np.ones(len(X)), X]
    received = start @ theta[0].T
    sent = sigmoid(received)
    if len(theta) == 1:
        return [start, sent], [received], sent
    A, Z, y_hat = forward_propagation(sent, theta[1:])
    return [start, *A], [received, *Z], y_hat

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    if len(theta) == 1:
        delta = (A[1] - y) * sigmoid_prime(Z[0]) * 2 / y.size
        return [delta], [delta.T @ A[0]]
    deltas, gradients = back_propagation(y, theta[1:], A[1:], Z[1:])
    delta = sigmoid_prime(Z[0]) * (deltas[0] @ np.delete(theta[1], 0, axis=1))
    return [delta, *deltas], [delta.T @ A[0], *gradients]

# %% solution="slopes"
def one_sided(f, x, h):
    return f(x + h) / h - f(x) / h


def centred(f, x, h):
    return one_sided(f, x - h, 2 * h)

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    def total(weights):
        return cost(forward_propagation(X, weights)[2], y)

    def entry(number, place):
        bump = np.zeros(theta[number].shape)
        bump[place] = h
        above = [*theta[:number], theta[number] + bump, *theta[number + 1 :]]
        below = [*theta[:number], theta[number] - bump, *theta[number + 1 :]]
        return (total(above) - total(below)) / (h + h)

    return [
        np.array([entry(number, place) for place in np.ndindex(matrix.shape)]).reshape(matrix.shape)
        for number, matrix in enumerate(theta)
    ]

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    def squares(matrices):
        return 0.0 if not matrices else np.sum(matrices[0] ** 2) + squares(matrices[1:])

    A, Z, y_hat = forward_propagation(X, theta)
    gradients = list(back_propagation(y, theta, A, Z)[1])
    measured = list(numerical_gradients(X, y, theta, h))
    apart = [g - n for g, n in zip(gradients, measured)]
    return squares(apart) ** 0.5 / (squares(gradients) ** 0.5 + squares(measured) ** 0.5)

# %% solution="puzzle"
def article_factor(m, n_out):
    return 0.5 if m == n_out == 1 else n_out / 2 + (article_factor(m - 1, n_out) if m > 1 else 0)

# %% solution="update"
def update_parameters(theta, gradients, eta):
    if not theta:
        return []
    return [theta[0] - eta * gradients[0], *update_parameters(theta[1:], gradients[1:], eta)]

# %% solution="train"
def train(X, y, theta, eta, epochs):
    if epochs == 0:
        return theta, []
    A, Z, y_hat = forward_propagation(X, theta)
    after = update_parameters(theta, back_propagation(y, theta, A, Z)[1], eta)
    last, costs = train(X, y, after, eta, epochs - 1) if epochs < 500 else train_long(X, y, after, eta, epochs - 1)
    return last, [cost(y_hat, y), *costs]


def train_long(X, y, theta, eta, epochs):
    costs = []
    while epochs > 0:
        some = min(epochs, 400)
        theta, more = train(X, y, theta, eta, some)
        costs += more
        epochs -= some
    return theta, costs

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    if layer > 0:
        return [theta[0].copy(), *swap_units(theta[1:], layer - 1, i, j)]
    first, second = theta[0].copy(), theta[1].copy()
    first[[i, j], :] = first[[j, i], :]
    second[:, [i + 1, j + 1]] = second[:, [j + 1, i + 1]]
    return [first, second, *(matrix.copy() for matrix in theta[2:])]

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
