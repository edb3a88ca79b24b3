# Averages over the points only and returns one cost for each output.
# loses: cost-value cost-outputs
# says: one number
# also: an axis kept

# %% solution="cost"
def cost(y_hat, y):
    return np.mean((y_hat - y) ** 2, axis=0)
