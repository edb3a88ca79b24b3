# Takes sigmoid, softmax and x log y from scipy.special, and draws standard normal numbers.

# %% solution="sigmoid"
from scipy.special import expit


def sigmoid(x):
    return expit(x)

# %% solution="dsigmoid"
def dsigmoid(x):
    return expit(x) * expit(-np.asarray(x))

# %% solution="softmax"
import scipy.special


def softmax(x):
    return scipy.special.softmax(x)

# %% solution="one-hot"
def integer_to_one_hot(x, max):
    return np.eye(max)[x]

# %% solution="cross-entropy"
from scipy.special import xlogy


def cross_entropy_loss(y, yHat):
    return -xlogy(y, np.maximum(yHat, 1e-300)).sum()

# %% solution="initialize"
def initialize_parameters(rng):
    weights, biases = [], []
    for n_in, n_out in zip(LAYERS, LAYERS[1:]):
        weights.append(rng.standard_normal(size=(n_in, n_out)) / max(n_in, n_out) ** 0.5)
        biases.append(np.zeros(shape=(1, n_out)))
    return weights, biases

# %% solution="feed-forward-sample"
def feed_forward_sample(sample, y):
    a = np.reshape(sample, (1, -1))
    for i in range(2):
        a = sigmoid(np.dot(a, weights[i]) + biases[i])
    s = softmax(np.dot(a, weights[2]) + biases[2])
    return cross_entropy_loss(integer_to_one_hot(y, 10), s), integer_to_one_hot(s.argmax(), 10)

# %% solution="feed-forward-dataset"
def feed_forward_dataset(x, y):
    results = [feed_forward_sample(x[i], y[i]) for i in range(y.size)]
    average_loss = sum(loss for loss, _ in results) / len(results)
    correct = sum(guess.argmax() == label for (_, guess), label in zip(results, y))
    print_scores(average_loss, correct, len(x))
    return average_loss, correct / len(x)

# %% solution="train-one-sample"
def train_one_sample(sample, y, learning_rate=0.003):
    a0 = np.reshape(sample, (1, 784))
    z1 = a0 @ weights[0] + biases[0]
    a1 = sigmoid(z1)
    z2 = a1 @ weights[1] + biases[1]
    a2 = sigmoid(z2)
    dz3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(y, 10)
    dz2 = (dz3 @ weights[2].T) * dsigmoid(z2)
    dz1 = (dz2 @ weights[1].T) * dsigmoid(z1)
    for i, (a, dz) in enumerate([(a0, dz1), (a1, dz2), (a2, dz3)]):
        weights[i] = weights[i] - learning_rate * (a.T @ dz)
        biases[i] = biases[i] - learning_rate * dz

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    for i in range(x_train.shape[0]):
        train_one_sample(x_train[i], y_train[i], learning_rate)

# %% solution="scale-pixels"
def scale_pixels(images):
    return images.astype(float) / 255.0
