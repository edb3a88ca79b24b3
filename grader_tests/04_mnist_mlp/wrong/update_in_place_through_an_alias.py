# Means to keep the old weights, but keeps only another name for arrays that it changes in place.
# loses: train-one-sample-rate
# says: from the old weights

# %% solution="train-one-sample"
def train_one_sample(sample, y, learning_rate=0.003):
    old = list(weights)
    a0 = np.reshape(sample, (1, 784))
    z1 = a0 @ old[0] + biases[0]
    a1 = sigmoid(z1)
    z2 = a1 @ old[1] + biases[1]
    a2 = sigmoid(z2)
    dz3 = softmax(a2 @ old[2] + biases[2]) - integer_to_one_hot(y, 10)
    weights[2] -= learning_rate * a2.T @ dz3
    biases[2] -= learning_rate * dz3
    dz2 = dz3 @ old[2].T * dsigmoid(z2)
    weights[1] -= learning_rate * a1.T @ dz2
    biases[1] -= learning_rate * dz2
    dz1 = dz2 @ old[1].T * dsigmoid(z1)
    weights[0] -= learning_rate * a0.T @ dz1
    biases[0] -= learning_rate * dz1
