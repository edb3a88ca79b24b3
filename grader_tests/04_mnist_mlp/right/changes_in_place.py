# Updates the arrays in place, after all gradients are there; extra results are returned as well.

# %% solution="sigmoid"
def sigmoid(x):
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)

# %% solution="dsigmoid"
def dsigmoid(x):
    return sigmoid(x) * (1 - sigmoid(x))

# %% solution="softmax"
def softmax(x):
    shares = x - np.amax(x)
    np.exp(shares, out=shares)
    shares /= np.sum(shares)
    return shares

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
    a = [sample.reshape(1, 784)]
    z = []
    for W, b in zip(weights, biases):
        z.append(a[-1] @ W + b)
        a.append(sigmoid(z[-1]))
    dz = softmax(z[2]) - integer_to_one_hot(y, 10)
    steps = []
    for i in (2, 1, 0):
        steps.append((i, a[i].T @ dz, dz.copy()))
        if i > 0:
            dz = (dz @ weights[i].T) * dsigmoid(z[i - 1])
    for i, dW, db in steps:
        weights[i] -= learning_rate * dW
        biases[i] -= learning_rate * db
    return cross_entropy_loss(integer_to_one_hot(y, 10), softmax(z[2]))

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    losses = [train_one_sample(image, label, learning_rate=learning_rate) for image, label in zip(x_train, y_train)]
    return np.mean(losses)

# %% solution="scale-pixels"
def scale_pixels(images):
    scaled = np.array(images, dtype=np.float64)
    scaled *= 1 / 255
    return scaled
