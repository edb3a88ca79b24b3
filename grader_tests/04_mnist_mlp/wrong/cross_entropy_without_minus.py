# Forgets the minus sign.
# loses: cross-entropy-value cross-entropy-zero feed-forward-sample-loss feed-forward-sample-biases
# says: minus sign is missing

# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    return np.sum(y * np.log(np.maximum(yHat, 1e-300)))
