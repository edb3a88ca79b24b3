# Adds 1e-12 to every probability, which moves all losses and puts the floor too high.
# loses: cross-entropy-value cross-entropy-zero
# says: 1e-12 instead of 1e-300

# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    return -np.sum(y * np.log(yHat + 1e-12))
