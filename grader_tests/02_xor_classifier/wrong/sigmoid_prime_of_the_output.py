# Believes that the argument has gone through the sigmoid already.
# loses: slopes-sigmoid
# says: already gone through the sigmoid

# %% solution="slopes"
def sigmoid_prime(z):
    return z * (1 - z)


def relu_prime(z):
    return (z > 0).astype(int)
