# Cuts the gradients of the weights at length 5.
# loses: train-one-sample-dw1 train-one-sample-dw2
# says: cut off where it is long
# also: one and the same factor

# %% solution="train-one-sample"
def train_one_sample(sample, y, learning_rate=0.003):
    pixels = np.reshape(sample, (1, 784))
    first = pixels @ weights[0] + biases[0]
    second = sigmoid(first) @ weights[1] + biases[1]
    blame3 = softmax(sigmoid(second) @ weights[2] + biases[2]) - integer_to_one_hot(y, 10)
    blame2 = blame3 @ weights[2].T * dsigmoid(second)
    blame1 = blame2 @ weights[1].T * dsigmoid(first)
    signals, blames = [pixels, sigmoid(first), sigmoid(second)], [blame1, blame2, blame3]
    for number in range(3):
        slopes = signals[number].T @ blames[number]
        slopes = slopes * min(1.0, 5.0 / max(np.linalg.norm(slopes), 1e-30))
        weights[number] = weights[number] - learning_rate * slopes
        biases[number] = biases[number] - learning_rate * blames[number]
