# Learns only from images that it guesses wrong.
# loses: train-one-sample-db1 train-one-sample-db2 train-one-sample-db3 train-one-sample-dw1 train-one-sample-dw2 train-one-sample-dw3
# says: It is zero

# %% solution="train-one-sample"
def train_one_sample(sample, y, learning_rate=0.003):
    a0 = np.reshape(sample, (1, 784))
    z1 = a0 @ weights[0] + biases[0]
    a1 = sigmoid(z1)
    z2 = a1 @ weights[1] + biases[1]
    a2 = sigmoid(z2)
    s = softmax(a2 @ weights[2] + biases[2])
    if np.argmax(s) == y:
        return
    dz3 = s - integer_to_one_hot(y, 10)
    dz2 = dz3 @ weights[2].T * dsigmoid(z2)
    dz1 = dz2 @ weights[1].T * dsigmoid(z1)
    for i, (before, dz) in enumerate(zip([a0, a1, a2], [dz1, dz2, dz3])):
        weights[i] = weights[i] - learning_rate * before.T @ dz
        biases[i] = biases[i] - learning_rate * dz
