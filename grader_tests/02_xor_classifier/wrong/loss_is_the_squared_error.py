# Takes the squared error, as in regression.
# loses: loss-value loss-certain
# says: squared error
# never: the distance that you keep

# %% solution="loss"
def loss(y, y_hat):
    y_hat = np.clip(y_hat, 1e-15, 1 - 1e-15)
    return (y - y_hat) ** 2
