# A double slash divides to whole numbers, so the sigmoid is always 0.
# loses: sigmoid
# says: It is zero

# %% solution="sigmoid"
def sigmoid(z):
    return 1 // (1 + np.exp(-z))
