# Returns -1 left of the corner, where the relu is flat.
# loses: slopes-relu
# says: sign of z

# %% solution="slopes"
def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def relu_prime(z):
    return np.sign(z)
