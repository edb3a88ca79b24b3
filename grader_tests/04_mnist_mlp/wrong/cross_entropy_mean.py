# Takes the mean over the classes where the sum is meant.
# loses: cross-entropy-value cross-entropy-zero
# says: divided by the number of classes

# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    return -np.mean(y * np.log(np.maximum(yHat, 1e-300)))
