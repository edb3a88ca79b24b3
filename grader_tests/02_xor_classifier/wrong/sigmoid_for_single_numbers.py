# Uses the math module, which takes no arrays.
# loses: activations-sigmoid
# says: can be converted to Python scalars

# %% own
import math


# %% solution="activations"
def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def relu(z):
    return np.maximum(0, z)
