# The exponent has the wrong sign, so the sigmoid falls where it should rise.
# loses: activations-sigmoid
# says: minus in the exponent

# %% solution="activations"
def sigmoid(z):
    return 1 / (1 + np.exp(z))


def relu(z):
    return np.maximum(0, z)
