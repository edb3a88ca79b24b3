# Takes the absolute value: negative entries lose their sign instead of becoming 0.
# loses: activations-relu
# says: lost their sign

# %% solution="activations"
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.abs(z)
