# Repairs nan and infinity after the logarithm, so that a sure and wrong answer costs something else.
# loses: cross-entropy-zero
# says: sure and wrong

# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    return -np.sum(y * np.nan_to_num(np.log(yHat)))
