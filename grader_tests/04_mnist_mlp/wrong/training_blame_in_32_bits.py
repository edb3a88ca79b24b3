# Keeps the blame of the first layer in 32 bits.
# loses: train-one-sample-db1 train-one-sample-dw1
# says: float64
# also: 32 bits

# %% solution="train-one-sample"
def train_one_sample(sample, y, learning_rate=0.003):
    a0 = np.reshape(sample, (1, 784))
    z1 = a0 @ weights[0] + biases[0]
    a1 = sigmoid(z1)
    z2 = a1 @ weights[1] + biases[1]
    a2 = sigmoid(z2)
    s = softmax(a2 @ weights[2] + biases[2])

    dz3 = s - integer_to_one_hot(y, 10)
    dz2 = dz3 @ weights[2].T * dsigmoid(z2)
    dz1 = dz2 @ weights[1].T * dsigmoid(z1)
    dz1 = dz1.astype(np.float32).astype(float)
    weight_gradients = [a0.T @ dz1, a1.T @ dz2, a2.T @ dz3]
    bias_gradients = [dz1, dz2, dz3]

    for i in range(3):
        weights[i] = weights[i] - learning_rate * weight_gradients[i]
        biases[i] = biases[i] - learning_rate * bias_gradients[i]
