# Believes that np.dot(a, W, b) adds b: it writes the result into b, so no bias is ever added and evaluation overwrites them.
# loses: feed-forward-sample-biases feed-forward-sample-unchanged
# says: np.dot(a, W, b) does not add b
# says: the result is written into b

# %% solution="feed-forward-sample"
def feed_forward_sample(sample, y):
    a0 = np.reshape(sample, (1, 784))
    a1 = sigmoid(np.dot(a0, weights[0], biases[0]))
    a2 = sigmoid(np.dot(a1, weights[1], biases[1]))
    s = softmax(np.dot(a2, weights[2], biases[2]))
    loss = cross_entropy_loss(integer_to_one_hot(y, 10), s)
    guess = integer_to_one_hot(np.argmax(s), 10)
    return loss, guess
