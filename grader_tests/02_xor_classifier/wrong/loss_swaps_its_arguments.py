# Takes the prediction for the class and the class for the prediction.
# loses: loss-value
# says: changed places

# %% solution="loss"
def loss(y_hat, y):
    y_hat = np.clip(y_hat, 1e-15, 1 - 1e-15)
    return -(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat))
