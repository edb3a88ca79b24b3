# Puts a factor 1/2 in front, as many textbooks do.
# loses: cost-value cost-outputs
# says: 1/2
# also: extra factor 1/2

# %% solution="cost"
def cost(y_hat, y):
    return 0.5 * np.mean((y_hat - y) ** 2)
