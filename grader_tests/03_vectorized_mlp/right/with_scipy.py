# SciPy's expit for the sigmoid, an own helper for the ones, and arrays that are filled in place.

# %% own
from scipy.special import expit


def with_ones(matrix):
    result = np.ones((matrix.shape[0], matrix.shape[1] + 1))
    result[:, 1:] = matrix
    return result

# %% solution="sigmoid"
def sigmoid(z):
    return expit(np.asarray(z, dtype=float))


def sigmoid_prime(z):
    z = np.asarray(z, dtype=float)
    return expit(z) * expit(-z)

# %% solution="cost"
def cost(y_hat, y):
    return np.square(y_hat - y).mean()

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    state = np.random.default_rng(seed)
    sizes = [(after, before + 1) for before, after in zip(layers, layers[1:])]
    flat = state.uniform(-epsilon, epsilon, sum(rows * columns for rows, columns in sizes))
    theta, used = [], 0
    for rows, columns in sizes:
        theta.append(flat[used : used + rows * columns].reshape(rows, columns))
        used += rows * columns
    return theta

# %% solution="forward"
def forward_propagation(X, theta):
    A, Z = [with_ones(X)], []
    for matrix in theta[:-1]:
        Z.append(np.dot(A[-1], matrix.T))
        A.append(with_ones(sigmoid(Z[-1])))
    Z.append(np.dot(A[-1], theta[-1].T))
    A.append(sigmoid(Z[-1]))
    return A, Z, A[-1]

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    last = len(theta) - 1
    deltas, gradients = [None] * len(theta), [None] * len(theta)
    deltas[last] = A[-1] - y
    deltas[last] *= sigmoid_prime(Z[last])
    deltas[last] *= 2.0
    deltas[last] /= np.prod(y.shape)
    gradients[last] = np.dot(deltas[last].T, A[last])
    while last > 0:
        last -= 1
        arriving = np.dot(deltas[last + 1], theta[last + 1])[:, 1:]
        deltas[last] = arriving
        deltas[last] *= sigmoid_prime(Z[last])
        gradients[last] = np.dot(deltas[last].T, A[last])
    return deltas, gradients

# %% solution="slopes"
def one_sided(f, x, h):
    return float(f(x + h) - f(x)) / h


def centred(f, x, h):
    return 0.5 * float(f(x + h) - f(x - h)) / h

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    theta = [matrix.copy() for matrix in theta]
    slopes = [np.zeros_like(matrix) for matrix in theta]
    for matrix, slope_matrix in zip(theta, slopes):
        walker = np.nditer(matrix, flags=["multi_index"])
        for _ in walker:
            place = walker.multi_index
            matrix[place] += h
            up = cost(forward_propagation(X, theta)[2], y)
            matrix[place] -= 2 * h
            down = cost(forward_propagation(X, theta)[2], y)
            matrix[place] += h
            slope_matrix[place] = (up - down) / (2 * h)
    return slopes

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    n = np.concatenate(numerical_gradients(X, y, theta, h), axis=None)
    A, Z, _ = forward_propagation(X, theta)
    g = np.concatenate(back_propagation(y, theta, A, Z)[1], axis=None)
    return float(np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n)))

# %% solution="puzzle"
def article_factor(m, n_out):
    return 1 / (2 / (m * n_out))

# %% solution="update"
def update_parameters(theta, gradients, eta):
    new = [matrix.copy() for matrix in theta]
    for matrix, gradient in zip(new, gradients):
        matrix -= eta * gradient
    return new

# %% solution="train"
def train(X, y, theta, eta, epochs):
    theta, costs = [matrix.copy() for matrix in theta], []
    for _ in range(epochs):
        A, Z, y_hat = forward_propagation(X, theta)
        costs += [cost(y_hat, y)]
        gradients = back_propagation(y, theta, A, Z)[1]
        theta[:] = update_parameters(theta, gradients, eta)
    return theta, costs

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    new = [matrix.copy() for matrix in theta]
    kept = new[layer][i].copy()
    new[layer][i] = new[layer][j]
    new[layer][j] = kept
    kept = new[layer + 1][:, i + 1].copy()
    new[layer + 1][:, i + 1] = new[layer + 1][:, j + 1]
    new[layer + 1][:, j + 1] = kept
    return new

# %% solution="vanishing"
class Lab:
    def __init__(self, weights, bend, slope):
        self.weights, self.bend, self.slope = weights, bend, slope

    def sizes(self, X):
        inputs = []
        for matrix in self.weights:
            inputs.append(np.dot(X, matrix))
            X = self.bend(inputs[-1])
        blames = [self.slope(inputs[-1])]
        for matrix, before in zip(self.weights[:0:-1], inputs[-2::-1]):
            blames.append(np.dot(blames[-1], matrix.T) * self.slope(before))
        return [float(abs(blame).mean()) for blame in blames[::-1]]


def blame_sizes(X, weights, bend, slope):
    return Lab(weights, bend, slope).sizes(X)
