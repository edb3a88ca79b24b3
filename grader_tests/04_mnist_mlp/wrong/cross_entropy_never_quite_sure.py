# Keeps probabilities below 1 - 1e-15.
# loses: cross-entropy-zero
# says: A small loss is no 0

# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    return -np.sum(y * np.log(np.clip(yHat, 1e-300, 1 - 1e-15)))
