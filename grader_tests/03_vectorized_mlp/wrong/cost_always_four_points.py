# Divides by 4, the number of points of XOR.
# loses: cost-value cost-outputs
# says: fixed at 4
# never: factor 2

# %% solution="cost"
def cost(y_hat, y):
    return np.sum((y_hat - y) ** 2) / 4 / y.shape[1]
