# The way of the classic worksheet: np.clip in the sigmoid, np.where over two branches, each layer written out,
# rows of shape (1, n), gradients collected in lists with append.

# %% solution="sigmoid"
def sigmoid(x):
    x = np.clip(x, -500, 500)
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))

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
    result = np.zeros(max)
    result[x] = 1
    return result

# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    return np.sum(-y * np.log(np.clip(yHat, 1e-300, 1.0)))

# %% solution="initialize"
import math


def initialize_parameters(rng):
    weights = [
        rng.normal(0, 1 / math.sqrt(784), (784, 32)),
        rng.normal(0, 1 / math.sqrt(32), (32, 32)),
        rng.normal(0, 1 / math.sqrt(32), (32, 10)),
    ]
    biases = [np.zeros((1, 32)), np.zeros((1, 32)), np.zeros((1, 10))]
    return weights, biases

# %% solution="feed-forward-sample"
def feed_forward_sample(sample, y):
    a = np.reshape(sample, (1, 28 * 28))
    z1 = np.dot(a, weights[0]) + biases[0]
    a1 = sigmoid(z1)
    z2 = np.dot(a1, weights[1]) + biases[1]
    a2 = sigmoid(z2)
    z3 = np.dot(a2, weights[2]) + biases[2]
    s = softmax(z3)
    pred_class = np.argmax(s)
    one_hot_guess = integer_to_one_hot(pred_class, 10)
    y_v = integer_to_one_hot(y, 10)
    loss = cross_entropy_loss(y_v, s)
    return loss, one_hot_guess

# %% solution="feed-forward-dataset"
def feed_forward_dataset(x, y):
    losses = np.empty(x.shape[0])
    one_hot_guesses = np.empty((x.shape[0], 10))
    for i in range(x.shape[0]):
        sample = np.reshape(x[i], (1, 28 * 28))
        losses[i], one_hot_guesses[i] = feed_forward_sample(sample, y[i])
    y_one_hot = np.zeros((y.size, 10))
    y_one_hot[np.arange(y.size), y] = 1
    correct_guesses = np.sum(y_one_hot * one_hot_guesses)
    correct_guess_percent = format((correct_guesses / y.shape[0]) * 100, ".2f")
    print("\nAverage loss:", np.round(np.average(losses), decimals=2))
    print("Accuracy (# of correct guesses):", correct_guesses, "/", y.shape[0], "(", correct_guess_percent, "%)")
    return np.average(losses), correct_guesses / y.shape[0]

# %% solution="train-one-sample"
def train_one_sample(sample, y, learning_rate=0.003):
    a = np.reshape(sample, (1, 28 * 28))
    Z1 = np.dot(a, weights[0]) + biases[0]
    a1 = sigmoid(Z1)
    Z2 = np.dot(a1, weights[1]) + biases[1]
    a2 = sigmoid(Z2)
    Z3 = np.dot(a2, weights[2]) + biases[2]
    s = softmax(Z3)
    y_v = integer_to_one_hot(y, 10)

    dZ3 = s - y_v
    dW3 = np.dot(a2.T, dZ3)
    db3 = dZ3
    dZ2 = np.multiply(dZ3.dot(weights[2].T), dsigmoid(Z2))
    dW2 = np.dot(a1.T, dZ2)
    db2 = dZ2
    dZ1 = np.multiply(dZ2.dot(weights[1].T), dsigmoid(Z1))
    dW1 = np.dot(a.T, dZ1)
    db1 = dZ1

    weight_gradients = []
    weight_gradients.append(dW1)
    weight_gradients.append(dW2)
    weight_gradients.append(dW3)
    bias_gradients = []
    bias_gradients.append(db1)
    bias_gradients.append(db2)
    bias_gradients.append(db3)
    num_layers = 3
    for i in range(num_layers):
        weights[i] = weights[i] - learning_rate * weight_gradients[i]
        biases[i] = biases[i] - learning_rate * bias_gradients[i]

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    print("Training for one epoch over the training dataset...")
    for i in range(x_train.shape[0]):
        train_one_sample(x_train[i], y_train[i], learning_rate)
    print("Finished training.\n")

# %% solution="scale-pixels"
def scale_pixels(images):
    return images.astype(float) / 255.0
