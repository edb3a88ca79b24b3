# Adds the squares up and forgets to average.
# loses: cost-value cost-outputs
# says: not averaged

# %% solution="cost"
def cost(y_hat, y):
    return np.sum((y_hat - y) ** 2)
