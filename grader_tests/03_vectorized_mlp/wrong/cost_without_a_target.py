# Squares the prediction and forgets the target.
# loses: cost-value cost-outputs
# says: compared with 0

# %% solution="cost"
def cost(y_hat, y):
    return np.mean(y_hat**2)
