# Returns the probabilities where a one-hot guess is asked for.
# loses: feed-forward-sample-guess
# says: these are the probabilities

# %% solution="feed-forward-sample"
def feed_forward_sample(sample, y):
    a0 = np.reshape(sample, (1, 784))
    a1 = sigmoid(a0 @ weights[0] + biases[0])
    a2 = sigmoid(a1 @ weights[1] + biases[1])
    s = softmax(a2 @ weights[2] + biases[2])
    loss = cross_entropy_loss(integer_to_one_hot(y, 10), s)
    guess = s[0]
    return loss, guess
