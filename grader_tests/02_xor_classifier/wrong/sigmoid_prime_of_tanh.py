# Writes the slope of tanh, 1 minus the square.
# loses: slopes-sigmoid
# says: one minus the square

# %% solution="slopes"
def sigmoid_prime(z):
    return 1 - sigmoid(z) ** 2


def relu_prime(z):
    return (z > 0).astype(int)
