# Sets the negative entries to 0 in the array that it was given, so that z is lost for the way back.
# loses: activations-relu
# says: relu changed z

# %% solution="activations"
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    z[z < 0] = 0
    return z
