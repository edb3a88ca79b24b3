# Takes half the sum of squares: the cost whose gradient the article computes.
# loses: cost-value cost-outputs
# says: summed and halved
# also: the sum is divided by 2
# never: number of points

# %% solution="cost"
def cost(y_hat, y):
    return 0.5 * np.sum((y_hat - y) ** 2)
