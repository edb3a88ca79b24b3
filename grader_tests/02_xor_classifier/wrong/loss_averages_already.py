# Returns the mean over the points where one price for each point is asked for.
# loses: loss-value
# says: single number, where 4 are asked

# %% solution="loss"
def loss(y, y_hat):
    y_hat = np.clip(y_hat, 1e-15, 1 - 1e-15)
    return np.mean(-(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)))
