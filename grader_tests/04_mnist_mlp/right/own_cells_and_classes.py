# Has a class for a layer, helpers in cells of its own, and einsum for the products.

# %% solution="sigmoid"
def sigmoid(x):
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)

# %% solution="dsigmoid"
def dsigmoid(x):
    return sigmoid(x) * (1 - sigmoid(x))

# %% solution="softmax"
def softmax(x):
    b = x.max()
    y = np.exp(x - b)
    return y / y.sum()

# %% solution="one-hot"
def integer_to_one_hot(x, max):
    return np.eye(max)[x]

# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    return np.sum(-y * np.log(np.clip(yHat, 1e-300, 1.0)))

# %% solution="initialize"
def initialize_parameters(rng):
    shapes = [(784, 32), (32, 32), (32, 10)]
    weights = [rng.normal(0, np.sqrt(1 / max(shape)), shape) for shape in shapes]
    biases = [np.zeros((1, shape[1])) for shape in shapes]
    return weights, biases

# %% own
from dataclasses import dataclass


@dataclass
class Layer:
    number: int

    def scores(self, a):
        return np.einsum("ri,ij->rj", a, weights[self.number]) + biases[self.number]

    def gradients(self, a, blame):
        return np.einsum("ri,rj->ij", a, blame), blame

    def blame_before(self, a, blame):
        return np.einsum("rj,ij->ri", blame, weights[self.number]) * a * (1 - a)

    def move(self, by_weights, by_biases):
        weights[self.number] = weights[self.number] + by_weights
        biases[self.number] = biases[self.number] + by_biases


def run_through(sample):
    first, second, third = Layer(0), Layer(1), Layer(2)
    a0 = np.asarray(sample, float).reshape(1, 784)
    a1 = sigmoid(first.scores(a0))
    a2 = sigmoid(second.scores(a1))
    return a0, a1, a2, softmax(third.scores(a2))

# %% solution="feed-forward-sample"
def feed_forward_sample(sample, y):
    s = run_through(sample)[-1]
    loss = cross_entropy_loss(integer_to_one_hot(y, s.size), s)
    return float(loss), integer_to_one_hot(int(s.argmax()), s.size)

# %% solution="feed-forward-dataset"
def feed_forward_dataset(x, y):
    results = [feed_forward_sample(x[i], y[i]) for i in range(y.size)]
    average_loss = sum(loss for loss, _ in results) / len(results)
    correct = sum(guess.argmax() == label for (_, guess), label in zip(results, y))
    print_scores(average_loss, correct, len(x))
    return average_loss, correct / len(x)

# %% solution="train-one-sample"
def train_one_sample(sample, y, learning_rate=0.003):
    a0, a1, a2, s = run_through(sample)
    blame = s - integer_to_one_hot(y, 10)
    plans = []
    for i, a in ((2, a2), (1, a1), (0, a0)):
        layer = Layer(i)
        plans.append((layer, *layer.gradients(a, blame)))
        blame = layer.blame_before(a, blame)
    for layer, dW, db in plans:
        layer.move(-learning_rate * dW, -learning_rate * db)

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    for i in range(x_train.shape[0]):
        train_one_sample(x_train[i], y_train[i], learning_rate)

# %% solution="scale-pixels"
def scale_pixels(images):
    return images.astype(float) / 255.0
