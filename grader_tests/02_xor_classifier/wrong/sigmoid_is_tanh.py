# Takes tanh for the sigmoid, because both have the shape of an S.
# loses: activations-sigmoid
# says: tanh

# %% solution="activations"
def sigmoid(z):
    return np.tanh(z)


def relu(z):
    return np.maximum(0, z)
