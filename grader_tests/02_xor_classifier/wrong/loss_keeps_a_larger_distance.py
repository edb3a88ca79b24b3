# Keeps predictions 1e-8 away from 0 and 1, as many books do; here it is 1e-15.
# loses: loss-value
# says: 1e-15

# %% solution="loss"
def loss(y, y_hat):
    """Binary cross-entropy of each point, with the natural logarithm.

    Args:
        y: the classes, 0 or 1; an array of any shape, or a single number.
        y_hat: the predicted probabilities of class 1, from 0 to 1 with both ends included, in the same shape.
        Both stay as they are.

    Returns:
        The price of each prediction, in the same shape. It is finite even where y_hat is exactly 0 or 1.

    Example: loss(1, 0.8) is 0.223144 and loss(0, 0.8) is 1.609438 (to six digits).
    """
    y_hat = np.clip(y_hat, 1e-8, 1 - 1e-8)
    return -y * np.log(y_hat) - (1 - y) * np.log(1 - y_hat)
