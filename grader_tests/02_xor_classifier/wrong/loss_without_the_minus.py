# Forgets the minus before the logarithms, so that good predictions cost more.
# loses: loss-value
# says: sign

# %% solution="loss"
def loss(y, y_hat):
    y_hat = np.clip(y_hat, 1e-15, 1 - 1e-15)
    return (y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat))
