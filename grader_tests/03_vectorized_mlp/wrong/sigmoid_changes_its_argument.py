# Turns the sign of its argument in place, so the caller's array is changed.
# loses: sigmoid-value
# says: changed z

# %% solution="sigmoid"
def sigmoid(z):
    if np.ndim(z) and np.asarray(z).dtype.kind == "f":
        z *= -1
        return 1 / (1 + np.exp(z))
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))
