# Adds the terms of the wrong classes, as if there were ten yes-or-no questions.
# loses: cross-entropy-value cross-entropy-zero
# says: yes-or-no

# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    p = np.clip(yHat, 1e-300, 1 - 1e-16)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))
