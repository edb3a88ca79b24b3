# Overwrites the error in a loop, so only the last point counts.
# loses: cost-value cost-outputs
# says: only the last point

# %% solution="cost"
def cost(y_hat, y):
    for guess, truth in zip(y_hat, y, strict=True):
        value = np.mean((guess - truth) ** 2)
    return value
