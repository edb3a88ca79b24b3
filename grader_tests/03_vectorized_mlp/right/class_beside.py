# A class holds the network; the functions that were asked for are thin doors to it.

# %% solution="sigmoid"
class Logistic:
    def __call__(self, z):
        return 1.0 / (1.0 + np.exp(np.negative(z)))

    def slope(self, z):
        value = self(z)
        return value - value**2


logistic = Logistic()


def sigmoid(z):
    return logistic(z)


def sigmoid_prime(z):
    return logistic.slope(z)

# %% solution="cost"
def cost(y_hat, y):
    return np.linalg.norm(y_hat - y) ** 2 / np.size(y)

# %% solution="init"
class Network:
    def __init__(self, theta):
        self.theta = theta
        self.passed = None

    @classmethod
    def random(cls, layers, epsilon, seed):
        source = np.random.default_rng(seed)
        return cls([epsilon * source.uniform(-1, 1, size=(b, a + 1)) for a, b in zip(layers, layers[1:])])

    def forward(self, X):
        A, Z = [], []
        signal = np.asarray(X)
        for matrix in self.theta:
            A.append(np.column_stack((np.ones(signal.shape[0]), signal)))
            Z.append(signal @ matrix[:, 1:].T + matrix[:, 0])
            signal = sigmoid(Z[-1])
        self.passed = [*A, signal], Z
        return signal

    def backward(self, y):
        A, Z = self.passed
        deltas = {len(Z) - 1: 2 * (A[-1] - y) / y.size * sigmoid_prime(Z[-1])}
        for step in sorted(range(len(Z) - 1), reverse=True):
            deltas[step] = (deltas[step + 1] @ self.theta[step + 1][:, 1:]) * sigmoid_prime(Z[step])
        in_order = [deltas[step] for step in range(len(Z))]
        return in_order, [(start.T @ delta).T for start, delta in zip(A, in_order)]


def initialize_parameters(layers, epsilon, seed):
    return Network.random(layers, epsilon, seed).theta

# %% solution="forward"
def forward_propagation(X, theta):
    network = Network(theta)
    y_hat = network.forward(X)
    return (*network.passed, y_hat)

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    network = Network(theta)
    network.passed = A, Z
    return network.backward(y)

# %% solution="slopes"
class Ruler:
    def __init__(self, f):
        self.f = f

    def rise(self, a, b):
        return (self.f(b) - self.f(a)) / (b - a)


def one_sided(f, x, h):
    return Ruler(f).rise(x, x + h)


def centred(f, x, h):
    return Ruler(f).rise(x - h, x + h)

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    shapes = [matrix.shape for matrix in theta]
    ends = np.cumsum([0] + [rows * columns for rows, columns in shapes])
    flat = np.concatenate([matrix.ravel() for matrix in theta])

    def cost_of(vector):
        weights = [vector[a:b].reshape(shape) for a, b, shape in zip(ends, ends[1:], shapes)]
        return cost(forward_propagation(X, weights)[2], y)

    slopes = np.array([(cost_of(flat + h * e) - cost_of(flat - h * e)) / (2 * h) for e in np.eye(len(flat))])
    return [slopes[a:b].reshape(shape) for a, b, shape in zip(ends, ends[1:], shapes)]

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    passed = forward_propagation(X, theta)
    pairs = list(zip(back_propagation(y, theta, passed[0], passed[1])[1], numerical_gradients(X, y, theta, h)))
    apart = np.sqrt(sum(np.linalg.norm(g - n) ** 2 for g, n in pairs))
    size_g = np.sqrt(sum(np.linalg.norm(g) ** 2 for g, _ in pairs))
    size_n = np.sqrt(sum(np.linalg.norm(n) ** 2 for _, n in pairs))
    return apart / (size_g + size_n)

# %% solution="puzzle"
def article_factor(m, n_out):
    entries = np.ones((m, n_out))
    return entries.sum() / 2

# %% solution="update"
def update_parameters(theta, gradients, eta):
    return [matrix + (-eta) * gradients[number] for number, matrix in enumerate(theta)]

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    for epoch in range(1, epochs + 1):
        A, Z, y_hat = forward_propagation(X, theta)
        costs.append(cost(y_hat, y))
        theta = update_parameters(theta, back_propagation(y, theta, A, Z)[1], eta)
        if epoch % 1000 == 0:
            print("epoch", epoch, "cost", costs[-1])
    return theta, costs

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    def exchange(size, a, b):
        matrix = np.eye(size)
        matrix[[a, b]] = matrix[[b, a]]
        return matrix

    new = list(theta)
    new[layer] = exchange(len(theta[layer]), i, j) @ theta[layer]
    columns = theta[layer + 1].shape[1]
    new[layer + 1] = theta[layer + 1] @ exchange(columns, i + 1, j + 1)
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
