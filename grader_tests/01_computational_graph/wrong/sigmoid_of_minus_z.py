# The minus in the exponent is lost, so the sigmoid falls where it should rise.
# loses: sigmoid
# says: sign of z

# %% solution="sigmoid"
def sigmoid(z):
    return 1 / (1 + np.exp(z))
