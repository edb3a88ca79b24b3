# Takes another squeezing function, which goes from -1 to 1.
# loses: sigmoid-value
# says: tanh

# %% solution="sigmoid"
def sigmoid(z):
    return np.tanh(z)


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))
