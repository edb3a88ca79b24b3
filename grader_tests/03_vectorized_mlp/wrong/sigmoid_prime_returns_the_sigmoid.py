# Returns the value of the sigmoid where its slope is asked for.
# loses: sigmoid-slope
# says: not its slope

# %% solution="sigmoid"
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z)
