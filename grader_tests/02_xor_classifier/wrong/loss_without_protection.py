# Takes the logarithm of 0 once a prediction is exactly 0 or 1, as a learnt point is.
# loses: loss-certain
# says: log(0)

# %% solution="loss"
def loss(y, y_hat):
    return -(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat))
