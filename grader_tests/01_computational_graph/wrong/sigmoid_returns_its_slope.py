# The derivative is returned where the function is asked.
# loses: sigmoid
# says: slope of the sigmoid

# %% solution="sigmoid"
def sigmoid(z):
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)
