# Counts the corner itself as the steep side.
# loses: slopes-relu
# says: we agreed on 0

# %% solution="slopes"
def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def relu_prime(z):
    return (z >= 0).astype(int)
