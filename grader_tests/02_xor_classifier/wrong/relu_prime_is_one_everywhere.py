# Differentiates z and forgets the corner.
# loses: slopes-relu
# says: 1 everywhere

# %% solution="slopes"
def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def relu_prime(z):
    return np.ones(np.shape(z))
