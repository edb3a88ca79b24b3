# Squeezes the argument twice before it takes the slope.
# loses: sigmoid-slope
# says: twice

# %% solution="sigmoid"
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    z = sigmoid(z)
    return sigmoid(z) * (1 - sigmoid(z))
