# Divides each step by the size of a data set that it was not given.
# loses: train-one-sample-db3 train-one-sample-dw3 train-one-sample-db2 train-one-sample-dw2 train-one-sample-db1 train-one-sample-dw1 train-one-sample-biases train-one-sample-rate
# says: variable x_train

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
        weights[number] = weights[number] - learning_rate * slopes / len(x_train)
        biases[number] = biases[number] - learning_rate * blames[number] / len(x_train)
