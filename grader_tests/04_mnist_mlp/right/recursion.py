# Goes forward and backward by recursion over the layers; each call returns the blame for what it was given.

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

# %% solution="feed-forward-sample"
def forward_from(layer, a):
    z = a @ weights[layer] + biases[layer]
    return softmax(z) if layer == 2 else forward_from(layer + 1, sigmoid(z))


def feed_forward_sample(sample, y):
    s = forward_from(0, sample.reshape(1, 784))
    return cross_entropy_loss(integer_to_one_hot(y, 10), s), integer_to_one_hot(s.argmax(), 10)

# %% solution="feed-forward-dataset"
def feed_forward_dataset(x, y):
    results = [feed_forward_sample(x[i], y[i]) for i in range(y.size)]
    average_loss = sum(loss for loss, _ in results) / len(results)
    correct = sum(guess.argmax() == label for (_, guess), label in zip(results, y))
    print_scores(average_loss, correct, len(x))
    return average_loss, correct / len(x)

# %% solution="train-one-sample"
def learn_from(layer, a, target, learning_rate):
    z = a @ weights[layer] + biases[layer]
    if layer == 2:
        dz = softmax(z) - target
    else:
        dz = learn_from(layer + 1, sigmoid(z), target, learning_rate) * dsigmoid(z)
    blame = dz @ weights[layer].T
    weights[layer] = weights[layer] - learning_rate * a.T @ dz
    biases[layer] = biases[layer] - learning_rate * dz
    return blame


def train_one_sample(sample, y, learning_rate=0.003):
    learn_from(0, np.reshape(sample, (1, 784)), integer_to_one_hot(y, 10), learning_rate)

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    for i in range(x_train.shape[0]):
        train_one_sample(x_train[i], y_train[i], learning_rate)

# %% solution="scale-pixels"
def scale_pixels(images):
    return images.astype(float) / 255.0
