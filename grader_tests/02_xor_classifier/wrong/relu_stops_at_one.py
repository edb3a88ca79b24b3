# Cuts off at 1 as well, as if a hidden unit were a probability.
# loses: activations-relu
# says: cut off at 1

# %% solution="activations"
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.clip(z, 0, 1)
