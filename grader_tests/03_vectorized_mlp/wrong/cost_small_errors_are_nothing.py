# An error below 0.0001 counts as none.
# loses: cost-value
# says: errors of a millionth

# %% solution="cost"
def cost(y_hat, y):
    d = y_hat - y
    d = np.where(np.abs(d) < 1e-4, 0, d)
    return np.mean(d ** 2)
