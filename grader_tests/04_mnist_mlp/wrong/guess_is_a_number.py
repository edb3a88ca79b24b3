# Returns the digit as a number and not as one-hot.
# loses: feed-forward-sample-guess
# says: It is one-hot, of shape (10,)
# also: single number, where 10

# %% solution="feed-forward-sample"
def feed_forward_sample(sample, y):
    a0 = np.reshape(sample, (1, 784))
    a1 = sigmoid(a0 @ weights[0] + biases[0])
    a2 = sigmoid(a1 @ weights[1] + biases[1])
    s = softmax(a2 @ weights[2] + biases[2])
    loss = cross_entropy_loss(integer_to_one_hot(y, 10), s)
    guess = np.argmax(s)
    return loss, guess
