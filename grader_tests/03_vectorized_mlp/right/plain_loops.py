# Everything with loops over points, units and weights, and with the math module: slow, and right.

# %% own
import math


# %% solution="sigmoid"
def sigmoid(z):
    if np.ndim(z) == 0:
        return 1.0 / (1.0 + math.exp(-z))
    return np.array([sigmoid(part) for part in z])


def sigmoid_prime(z):
    if np.ndim(z) == 0:
        return math.exp(-abs(z)) / (1.0 + math.exp(-abs(z))) ** 2
    return np.array([sigmoid_prime(part) for part in z])

# %% solution="cost"
def cost(y_hat, y):
    total, count = 0.0, 0
    for guesses, truths in zip(y_hat, y):
        for guess, truth in zip(guesses, truths):
            total += (float(guess) - float(truth)) ** 2
            count += 1
    return total / count

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    import random

    source = random.Random(seed)
    theta = []
    for before, after in zip(layers, layers[1:]):
        rows = []
        for _ in range(after):
            rows.append([source.uniform(-epsilon, epsilon) for _ in range(before + 1)])
        theta.append(np.array(rows))
    return theta

# %% solution="forward"
def forward_propagation(X, theta):
    A, Z = [], []
    rows = [[1.0, *(float(value) for value in point)] for point in X]
    for number, matrix in enumerate(theta):
        A.append(np.array(rows))
        sums = [[sum(w * a for w, a in zip(unit, row)) for unit in matrix] for row in rows]
        Z.append(np.array(sums))
        rows = [[float(sigmoid(value)) for value in row] for row in sums]
        if number < len(theta) - 1:
            rows = [[1.0, *row] for row in rows]
    A.append(np.array(rows))
    return A, Z, np.array(rows)

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    steps, (points, outputs) = len(theta), y.shape
    deltas = [np.zeros(z.shape) for z in Z]
    gradients = [np.zeros(matrix.shape) for matrix in theta]
    for p in range(points):
        for k in range(outputs):
            error = A[-1][p, k] - y[p, k]
            deltas[-1][p, k] = 2 * error * sigmoid_prime(Z[-1][p, k]) / (points * outputs)
        for step in reversed(range(1, steps)):
            for j in range(theta[step].shape[1] - 1):
                blame = 0.0
                for i in range(theta[step].shape[0]):
                    blame += deltas[step][p, i] * theta[step][i, j + 1]
                deltas[step - 1][p, j] = blame * sigmoid_prime(Z[step - 1][p, j])
        for step in range(steps):
            for i in range(theta[step].shape[0]):
                for j in range(theta[step].shape[1]):
                    gradients[step][i, j] += deltas[step][p, i] * A[step][p, j]
    return deltas, gradients

# %% solution="slopes"
def one_sided(f, x, h):
    here = f(x)
    there = f(x + h)
    return (there - here) / h


def centred(f, x, h):
    left, right = x - h, x + h
    return (f(right) - f(left)) / (right - left)

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    result = []
    for number in range(len(theta)):
        result.append(np.empty(theta[number].shape))
        for i in range(theta[number].shape[0]):
            for j in range(theta[number].shape[1]):
                values = []
                for way in (1, -1):
                    weights = [np.array(matrix) for matrix in theta]
                    weights[number][i, j] += way * h
                    values.append(cost(forward_propagation(X, weights)[2], y))
                result[number][i, j] = (values[0] - values[1]) / 2 / h
    return result

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    _, gradients = back_propagation(y, theta, A, Z)
    measured = numerical_gradients(X, y, theta, h)
    apart = of_gradient = of_measured = 0.0
    for gradient, ruler in zip(gradients, measured):
        for g, n in zip(np.ravel(gradient), np.ravel(ruler)):
            apart += (g - n) ** 2
            of_gradient += g**2
            of_measured += n**2
    return math.sqrt(apart) / (math.sqrt(of_gradient) + math.sqrt(of_measured))

# %% solution="puzzle"
def article_factor(m, n_out):
    entries = 0
    for _ in range(m):
        entries += n_out
    return entries * 0.5

# %% solution="update"
def update_parameters(theta, gradients, eta):
    result = []
    for matrix, gradient in zip(theta, gradients):
        new = np.zeros(matrix.shape)
        for place in np.ndindex(matrix.shape):
            new[place] = matrix[place] - eta * gradient[place]
        result.append(new)
    return result

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    weights = list(theta)
    while len(costs) < epochs:
        A, Z, y_hat = forward_propagation(X, weights)
        costs.append(float(cost(y_hat, y)))
        deltas, gradients = back_propagation(y, weights, A, Z)
        weights = update_parameters(weights, gradients, eta)
    return weights, costs

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    result = [np.array(matrix) for matrix in theta]
    for column in range(theta[layer].shape[1]):
        result[layer][i, column] = theta[layer][j, column]
        result[layer][j, column] = theta[layer][i, column]
    for row in range(theta[layer + 1].shape[0]):
        result[layer + 1][row, i + 1] = theta[layer + 1][row, j + 1]
        result[layer + 1][row, j + 1] = theta[layer + 1][row, i + 1]
    return result

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
