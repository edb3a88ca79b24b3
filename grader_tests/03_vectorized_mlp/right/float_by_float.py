# Numbers come back as Python floats, matrices as nested lists where the task only asks for numbers, extra helpers and prints.

# %% own
def say(*words):
    print("[mine]", *words)

# %% solution="sigmoid"
def sigmoid(z):
    value = 1 / (1 + np.exp(-np.asarray(z, dtype=np.float64)))
    return float(value) if value.ndim == 0 else value


def sigmoid_prime(z):
    value = sigmoid(z)
    return value * (1 - value)

# %% solution="cost"
def cost(y_hat, y):
    squares = (np.asarray(y_hat) - np.asarray(y)) ** 2
    say("cost of", squares.shape)
    return float(squares.sum()) / squares.size

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    sequence = np.random.SeedSequence(seed).spawn(len(layers) - 1)
    theta = []
    for k, own_seed in enumerate(sequence):
        source = np.random.default_rng(own_seed)
        theta.append(source.uniform(-epsilon, epsilon, (layers[k + 1], layers[k] + 1)))
    return theta

# %% solution="forward"
def forward_propagation(X, theta):
    X = np.asarray(X, dtype=float)
    A = [np.pad(X, ((0, 0), (1, 0)), constant_values=1.0)]
    Z = []
    for k in range(len(theta)):
        Z.append(np.inner(A[k], theta[k]))
        A.append(np.pad(sigmoid(Z[k]), ((0, 0), (1, 0)), constant_values=1.0))
    A[-1] = np.ascontiguousarray(A[-1][:, 1:])
    return A, Z, A[-1]

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    say("backward through", len(theta), "steps")
    L = len(theta)
    deltas = L * [None]
    gradients = L * [None]
    for l in range(L - 1, -1, -1):
        if l == L - 1:
            upstream = (A[L] - y) * (2.0 / y.size)
        else:
            upstream = deltas[l + 1].dot(theta[l + 1])[:, 1:]
        deltas[l] = upstream * sigmoid_prime(Z[l])
        gradients[l] = sum(np.outer(d, a) for d, a in zip(deltas[l], A[l]))
    return deltas, gradients

# %% solution="slopes"
def one_sided(f, x, h):
    return float((f(x + h) - f(x)) / h)


def centred(f, x, h):
    return float((f(x + h) - f(x - h)) / h / 2)

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    import copy

    result = []
    for number in range(len(theta)):
        rows = []
        for i in range(len(theta[number])):
            row = []
            for j in range(len(theta[number][i])):
                up, down = copy.deepcopy(theta), copy.deepcopy(theta)
                up[number][i][j] += h
                down[number][i][j] -= h
                row.append((cost(forward_propagation(X, up)[2], y) - cost(forward_propagation(X, down)[2], y)) / (2 * h))
            rows.append(row)
        result.append(np.array(rows))
    return result

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    _, G = back_propagation(y, theta, A, Z)
    N = numerical_gradients(X, y, theta, h)
    g = [float(v) for matrix in G for v in np.ravel(matrix)]
    n = [float(v) for matrix in N for v in np.ravel(matrix)]

    def norm(v):
        return sum(e * e for e in v) ** 0.5

    return norm([a - b for a, b in zip(g, n)]) / (norm(g) + norm(n))

# %% solution="puzzle"
def article_factor(m, n_out):
    return float(m) * float(n_out) / 2.0

# %% solution="update"
def update_parameters(theta, gradients, eta):
    return [np.array([[w - eta * g for w, g in zip(*rows)] for rows in zip(a, b)]) for a, b in zip(theta, gradients)]

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    for k in range(epochs):
        A, Z, y_hat = forward_propagation(X, theta)
        costs.append(float(cost(y_hat, y)))
        theta = update_parameters(theta, back_propagation(y, theta, A, Z)[1], eta)
    say("done")
    return theta, costs

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    swapped = []
    for number, matrix in enumerate(theta):
        rows = [list(row) for row in matrix]
        if number == layer:
            rows[i], rows[j] = rows[j], rows[i]
        if number == layer + 1:
            for row in rows:
                row[i + 1], row[j + 1] = row[j + 1], row[i + 1]
        swapped.append(np.array(rows))
    return swapped

# %% solution="vanishing"
def blame_sizes(X, weights, bend, slope):
    totals = [0.0] * len(weights)
    for point in X:
        signal, inputs = point, []
        for matrix in weights:
            received = np.array([sum(signal[i] * matrix[i, j] for i in range(matrix.shape[0])) for j in range(matrix.shape[1])])
            inputs.append(received)
            signal = bend(received)
        blame = slope(inputs[-1])
        for step in range(len(weights) - 1, -1, -1):
            totals[step] += sum(abs(one) for one in blame) / len(blame) / len(X)
            if step > 0:
                matrix = weights[step]
                back = np.array([sum(blame[j] * matrix[i, j] for j in range(matrix.shape[1])) for i in range(matrix.shape[0])])
                blame = back * slope(inputs[step - 1])
    return totals
