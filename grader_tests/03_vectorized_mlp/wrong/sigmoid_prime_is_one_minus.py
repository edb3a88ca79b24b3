# Forgets the first factor of the slope.
# loses: sigmoid-slope
# says: above 1/4

# %% solution="sigmoid"
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return 1 - sigmoid(z)
