# Lets a hundredth of the negative entries pass, as the leaky relu does.
# loses: activations-relu
# says: leaky relu

# %% solution="activations"
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.where(z > 0, z, 0.01 * z)
