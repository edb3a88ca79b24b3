# Makes a loss below 1e-6 nothing.
# loses: feed-forward-sample-loss
# says: A loss may be of any size

# %% solution="feed-forward-sample"
def feed_forward_sample(sample, y):
    a0 = np.reshape(sample, (1, 784))
    a1 = sigmoid(a0 @ weights[0] + biases[0])
    a2 = sigmoid(a1 @ weights[1] + biases[1])
    s = softmax(a2 @ weights[2] + biases[2])
    loss = cross_entropy_loss(integer_to_one_hot(y, 10), s)
    one_hot_guess = integer_to_one_hot(np.argmax(s), 10)
    if loss < 1e-6:
        loss = 0.0
    return loss, one_hot_guess
