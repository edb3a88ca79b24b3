# Adds two biases, and in the last layer believes that np.dot(a, W, b) adds b.
# loses: feed-forward-sample-biases feed-forward-sample-unchanged
# says: biases[2] is left out
# says: biases[2] is another

# %% solution="feed-forward-sample"
def feed_forward_sample(sample, y):
    a0 = np.reshape(sample, (1, 784))
    a1 = sigmoid(a0 @ weights[0] + biases[0])
    a2 = sigmoid(a1 @ weights[1] + biases[1])
    s = softmax(np.dot(a2, weights[2], biases[2]))
    loss = cross_entropy_loss(integer_to_one_hot(y, 10), s)
    guess = integer_to_one_hot(np.argmax(s), 10)
    return loss, guess
