# Averages the sizes of the errors and does not square them.
# loses: cost-value cost-outputs
# says: not squared

# %% solution="cost"
def cost(y_hat, y):
    return np.mean(np.abs(y_hat - y))
