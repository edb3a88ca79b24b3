# Forgets the minus sign.
# loses: cross-entropy-value cross-entropy-zero
# says: minus sign is missing

# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    return np.sum(y * np.log(np.maximum(yHat, 1e-300)))
