# Returns the slope where the value is asked for.
# loses: activations-sigmoid
# says: the slope of the sigmoid

# %% solution="activations"
def sigmoid(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


def relu(z):
    return np.maximum(0, z)
