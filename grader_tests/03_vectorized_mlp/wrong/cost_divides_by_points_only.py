# Divides by the number of points, although there are several outputs.
# loses: cost-outputs
# says: number of points, not of entries

# %% solution="cost"
def cost(y_hat, y):
    return np.sum((y_hat - y) ** 2) / len(y)
