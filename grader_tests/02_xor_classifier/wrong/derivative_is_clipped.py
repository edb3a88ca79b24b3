# Lets no slope grow beyond a thousand.
# loses: derivative
# says: without a bound

# %% solution="derivative"
def loss_derivative(y, y_hat):
    """The slope of the loss with respect to the prediction y_hat, for each point.

    Args:
        y: the classes, 0 or 1; an array of any shape, or a single number.
        y_hat: the predicted probabilities of class 1, strictly between 0 and 1, in the same shape.
        Both stay as they are.

    Returns:
        The slopes, in the same shape.

    Example: loss_derivative(1, 0.8) is -1.25.
    """
    return np.clip((1 - y) / (1 - y_hat) - y / y_hat, -1e3, 1e3)
