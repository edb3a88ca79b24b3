# Uses the math module, which takes no arrays.
# loses: activations-sigmoid

# %% own
import math


# %% solution="activations"
def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def relu(z):
    return np.maximum(0, z)
