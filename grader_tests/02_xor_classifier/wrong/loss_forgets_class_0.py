# Charges for points of class 1 only.
# loses: loss-value loss-certain
# says: term for class 0
# never: the distance that you keep

# %% solution="loss"
def loss(y, y_hat):
    y_hat = np.clip(y_hat, 1e-15, 1 - 1e-15)
    return -(y * np.log(y_hat))
