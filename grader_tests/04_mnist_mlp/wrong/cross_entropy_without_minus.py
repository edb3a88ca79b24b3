# Forgets the minus sign.
# loses: cross-entropy-value cross-entropy-zero
# says: minus sign is missing
# also: the sign is the other way round

# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    return np.sum(y * np.log(np.maximum(yHat, 1e-300)))
