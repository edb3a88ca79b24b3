# A cost below 1e-10 counts as 0.
# loses: cost-value
# says: errors of a millionth

# %% solution="cost"
def cost(y_hat, y):
    c = np.mean((y_hat - y) ** 2)
    return 0.0 if c < 1e-10 else c
