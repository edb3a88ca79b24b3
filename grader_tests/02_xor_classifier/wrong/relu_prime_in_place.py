# Writes the slopes into the array that it was given.
# loses: slopes-relu
# says: relu_prime changed z

# %% solution="slopes"
def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def relu_prime(z):
    below = z <= 0
    z[~below] = 1
    z[below] = 0
    return z
