# Believes that sigmoid_prime is given the output of the sigmoid.
# loses: sigmoid-slope
# says: taken for the sigmoid's output

# %% solution="sigmoid"
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return z * (1 - z)
