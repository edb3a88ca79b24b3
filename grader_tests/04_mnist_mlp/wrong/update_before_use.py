# Updates the last weights first and sends the blame back through the new ones.
# loses: train-one-sample-rate
# says: from the old weights

# %% solution="train-one-sample"
def train_one_sample(sample, y, learning_rate=0.003):
    a = [np.reshape(sample, (1, 784))]
    z = []
    for i in range(3):
        z.append(a[i] @ weights[i] + biases[i])
        a.append(sigmoid(z[i]))
    dz = softmax(z[2]) - integer_to_one_hot(y, 10)
    for i in (2, 1, 0):
        weights[i] = weights[i] - learning_rate * a[i].T @ dz
        biases[i] = biases[i] - learning_rate * dz
        if i > 0:
            dz = dz @ weights[i].T * dsigmoid(z[i - 1])
