# No price is above 25.
# loses: loss-value
# says: as good as sure

# %% solution="loss"
def loss(y, y_hat):
    y_hat = np.clip(y_hat, 1e-15, 1 - 1e-15)
    return np.minimum(-y * np.log(y_hat) - (1 - y) * np.log(1 - y_hat), 25)
