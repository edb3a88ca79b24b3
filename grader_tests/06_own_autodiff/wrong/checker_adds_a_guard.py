# Adds 1e-8 below the line, which is not small where the gradients are tiny.
# loses: checker
# says: tiny gradients

# %% solution="checker"
def gradient_check(f, gradient, x, eps=1e-5):
    """How far a claimed gradient is from a measured one: near 0 if it is right, up to 1 if it is wrong.

    Args:
        f: a function that takes an array like x and gives one number.
        gradient: the gradient of f at x that is claimed, an array of the shape of x.
        x: an array of floats of any shape; it stays as it is.
        eps: how far each entry is moved to either side.

    Returns:
        the score, one number.

    Example: measured (3, 4) against (3, 5) gives 1 / (5 + 5.831) = 0.0923.
    """
    measured_slopes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = eps
        measured_slopes[place] = (f(x + step) - f(x - step)) / (2 * eps)
    length = np.linalg.norm(gradient) + np.linalg.norm(measured_slopes)
    return np.linalg.norm(gradient - measured_slopes) / (length + 1e-8)
