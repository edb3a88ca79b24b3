# Applies the sigmoid twice before it takes the slope.
# loses: slopes-sigmoid
# says: applied twice

# %% solution="slopes"
def sigmoid_prime(z):
    z = sigmoid(z)
    return sigmoid(z) * (1 - sigmoid(z))


def relu_prime(z):
    return (z > 0).astype(int)
