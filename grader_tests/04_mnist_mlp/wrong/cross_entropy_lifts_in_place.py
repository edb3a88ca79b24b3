# Lifts a probability of 0 in the caller's array.
# loses: cross-entropy-zero
# says: changed the probabilities

# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    if np.any(yHat == 0):
        yHat[yHat == 0] = 1e-300
    return -np.sum(y * np.log(np.maximum(yHat, 1e-300)))
