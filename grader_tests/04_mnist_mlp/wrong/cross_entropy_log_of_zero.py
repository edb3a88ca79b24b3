# Takes the logarithm of a probability that can be 0.
# loses: cross-entropy-zero
# says: nan or inf

# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    return -np.sum(y * np.log(yHat))
