# Keeps predictions a thousandth away from 0 and 1, so that a learnt point still costs something.
# loses: loss-value loss-certain
# says: too large

# %% solution="loss"
def loss(y, y_hat):
    y_hat = np.clip(y_hat, 1e-3, 1 - 1e-3)
    return -(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat))
