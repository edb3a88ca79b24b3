# A price below 0.00001 counts as none.
# loses: loss-value
# says: as good as sure

# %% solution="loss"
def loss(y, y_hat):
    y_hat = np.clip(y_hat, 1e-15, 1 - 1e-15)
    r = -y * np.log(y_hat) - (1 - y) * np.log(1 - y_hat)
    return np.where(r < 1e-5, 0.0, r)
