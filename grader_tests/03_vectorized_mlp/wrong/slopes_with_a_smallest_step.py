# A step below a thousandth is replaced by a thousandth.
# loses: slopes-one-sided
# says: however small

# %% solution="slopes"
def one_sided(f, x, h):
    """The slope of f at x, from x and one point to the right.

    Args:
        f: a function of one number.
        x: where; a number.
        h: the step; a number above 0.

    Returns:
        one number.

    Example: for f(x) = x**3 at 2.0 with h = 0.1 it is 12.61; the true slope is 12.
    """
    h = max(h, 1e-3)
    return (f(x + h) - f(x)) / h


def centred(f, x, h):
    """The slope of f at x, from one point to the right and one to the left, each h away.

    Args:
        f: a function of one number.
        x: where; a number.
        h: the step to either side; a number above 0.

    Returns:
        one number.

    Example: for f(x) = x**3 at 2.0 with h = 0.1 it is 12.01; the true slope is 12.
    """
    return (f(x + h) - f(x - h)) / (2 * h)
