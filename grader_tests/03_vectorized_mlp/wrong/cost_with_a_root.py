# Takes the root of the mean of squares.
# loses: cost-value cost-outputs
# says: square root

# %% solution="cost"
def cost(y_hat, y):
    return np.sqrt(np.mean((y_hat - y) ** 2))
