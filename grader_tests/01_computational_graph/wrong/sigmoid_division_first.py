# The brackets below the fraction line are missing: Python divides before it adds.
# loses: sigmoid
# says: brackets

# %% solution="sigmoid"
def sigmoid(z):
    return 1 / 1 + np.exp(-z)
