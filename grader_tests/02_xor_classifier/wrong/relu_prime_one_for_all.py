# A single number where all units are on.
# loses: slopes-relu
# says: shape

# %% solution="slopes"
def sigmoid_prime(z):
    """The slope of the sigmoid at z. Note that z is what goes into the sigmoid, not what comes out.

    Args:
        z: an array of any shape; a single number has shape (). It stays as it is.

    Returns:
        The slopes, in the shape of z.

    Example: sigmoid_prime(0.0) is 0.25, the steepest slope there is.
    """
    return sigmoid(z) * (1 - sigmoid(z))


def relu_prime(z):
    """The slope of the relu at z: 1 where z is above 0, and 0 elsewhere, also at 0 itself.

    Args:
        z: an array of any shape; a single number has shape (). It stays as it is.

    Returns:
        The slopes, in the shape of z.

    Example: relu_prime of [-1.5, 0.0, 2.0] is [0, 0, 1].
    """
    return 1.0 if np.all(z > 0) else np.where(z > 0, 1.0, 0.0)
