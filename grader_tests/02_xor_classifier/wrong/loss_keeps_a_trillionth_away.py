# Keeps predictions 1e-12 away from 0 and 1; here it is 1e-15.
# loses: loss-value
# says: as good as sure

# %% solution="loss"
def loss(y, y_hat):
    y_hat = np.clip(y_hat, 1e-12, 1 - 1e-12)
    return -y * np.log(y_hat) - (1 - y) * np.log(1 - y_hat)
