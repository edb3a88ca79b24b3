# Forgets the sigmoid of the second hidden layer.
# loses: feed-forward-sample-loss feed-forward-sample-guess feed-forward-sample-biases
# says: second hidden layer is not bent
# never: each other's places

# %% solution="feed-forward-sample"
def feed_forward_sample(sample, y):
    a0 = np.reshape(sample, (1, 784))
    a1 = sigmoid(a0 @ weights[0] + biases[0])
    a2 = a1 @ weights[1] + biases[1]
    s = softmax(a2 @ weights[2] + biases[2])
    loss = cross_entropy_loss(integer_to_one_hot(y, 10), s)
    guess = integer_to_one_hot(np.argmax(s), 10)
    return loss, guess
