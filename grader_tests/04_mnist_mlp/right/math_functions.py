# Uses the math module and plain Python floats where numbers are few; results are Python floats and bools.

# %% solution="sigmoid"
import math


def one_sigmoid(value):
    if value < 0:
        power = math.exp(value)
        return power / (1.0 + power)
    return 1.0 / (1.0 + math.exp(-value))


def sigmoid(x):
    if np.ndim(x) == 0:
        return one_sigmoid(float(x))
    return np.array([one_sigmoid(value) for value in np.ravel(x).tolist()]).reshape(np.shape(x))

# %% solution="dsigmoid"
def dsigmoid(x):
    s = sigmoid(x)
    return s - s**2

# %% solution="softmax"
def softmax(x):
    scores = x.ravel().tolist()
    powers = [math.exp(score - max(scores)) for score in scores]
    return np.array([power / math.fsum(powers) for power in powers]).reshape(x.shape)

# %% solution="one-hot"
def integer_to_one_hot(x, max):
    return np.array([float(place == x) for place in range(max)])

# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    total = 0.0
    for target, share in zip(np.ravel(y).tolist(), np.ravel(yHat).tolist()):
        if target:
            total -= target * math.log(share if share > 1e-300 else 1e-300)
    return total

# %% solution="initialize"
def initialize_parameters(rng):
    shapes = [(784, 32), (32, 32), (32, 10)]
    weights = [rng.normal(0, np.sqrt(1 / max(shape)), shape) for shape in shapes]
    biases = [np.zeros((1, shape[1])) for shape in shapes]
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
    total, correct = 0.0, 0
    for image, label in zip(x, y):
        loss, guess = feed_forward_sample(image, int(label))
        total += float(loss)
        correct += guess.tolist().index(1) == label
    print_scores(total / len(x), correct, len(x))
    return [total / len(x), correct / len(x)]

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
