# Pairs each class with the logarithm of the other one.
# loses: loss-value loss-certain
# says: two logarithms
# never: the distance that you keep

# %% solution="loss"
def loss(y, y_hat):
    y_hat = np.clip(y_hat, 1e-15, 1 - 1e-15)
    return -(y * np.log(1 - y_hat) + (1 - y) * np.log(y_hat))
