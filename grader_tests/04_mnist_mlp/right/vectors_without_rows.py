# Works on plain vectors of shape (n,) all the way, with np.outer for the weights.

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
def feed_forward_sample(sample, y):
    a = sample.ravel()
    a = sigmoid(a @ weights[0] + biases[0][0])
    a = sigmoid(a @ weights[1] + biases[1][0])
    s = softmax(a @ weights[2] + biases[2][0])
    guess = np.zeros(10)
    guess[np.argmax(s)] = 1.0
    return cross_entropy_loss(integer_to_one_hot(y, 10), s), guess

# %% solution="feed-forward-dataset"
def feed_forward_dataset(x, y):
    results = [feed_forward_sample(x[i], y[i]) for i in range(y.size)]
    average_loss = sum(loss for loss, _ in results) / len(results)
    correct = sum(guess.argmax() == label for (_, guess), label in zip(results, y))
    print_scores(average_loss, correct, len(x))
    return average_loss, correct / len(x)

# %% solution="train-one-sample"
def train_one_sample(sample, y, learning_rate=0.003):
    W1, W2, W3 = weights
    b1, b2, b3 = (b.ravel() for b in biases)
    a0 = sample.ravel()
    a1 = sigmoid(a0 @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    d3 = softmax(a2 @ W3 + b3)
    d3[y] -= 1
    d2 = (W3 @ d3) * a2 * (1 - a2)
    d1 = (W2 @ d2) * a1 * (1 - a1)
    weights[:] = [W - learning_rate * np.outer(a, d) for W, a, d in zip((W1, W2, W3), (a0, a1, a2), (d1, d2, d3))]
    biases[:] = [b - learning_rate * d for b, d in zip(biases, (d1, d2, d3))]

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    for i in range(x_train.shape[0]):
        train_one_sample(x_train[i], y_train[i], learning_rate)

# %% solution="scale-pixels"
def scale_pixels(images):
    return images.astype(float) / 255.0
