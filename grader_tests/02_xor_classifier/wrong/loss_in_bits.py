# Takes the logarithm of base 2.
# loses: loss-value
# says: base 2

# %% solution="loss"
def loss(y, y_hat):
    y_hat = np.clip(y_hat, 1e-15, 1 - 1e-15)
    return -(y * np.log2(y_hat) + (1 - y) * np.log2(1 - y_hat))
