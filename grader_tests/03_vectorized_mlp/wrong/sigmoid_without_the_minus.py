# Forgets the minus in the exponent, so the curve falls.
# loses: sigmoid-value
# says: minus sign

# %% solution="sigmoid"
def sigmoid(z):
    return 1 / (1 + np.exp(z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))
