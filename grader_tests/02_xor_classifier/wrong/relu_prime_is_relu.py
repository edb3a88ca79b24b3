# Returns the value of the relu where the slope is asked for.
# loses: slopes-relu
# says: not its slope

# %% solution="slopes"
def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def relu_prime(z):
    return np.maximum(0, z)
