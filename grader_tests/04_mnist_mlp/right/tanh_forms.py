# Writes the sigmoid and its slope with tanh; one-hot labels are whole numbers, the loss is a 0-d array.

# %% solution="sigmoid"
def sigmoid(x):
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(x)))

# %% solution="dsigmoid"
def dsigmoid(x):
    return (1 - np.tanh(np.asarray(x) / 2) ** 2) / 4

# %% solution="softmax"
def softmax(x):
    shifted = x - x.max(axis=-1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return np.exp(logs)

# %% solution="one-hot"
def integer_to_one_hot(x, max):
    return (np.arange(max) == x).astype(int)

# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    return np.array(-np.log(np.maximum(1e-300, np.ravel(yHat)[np.argmax(y)])))

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
