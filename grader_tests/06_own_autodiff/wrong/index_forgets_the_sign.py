# Takes an index from the end for one from the start.
# loses: index
# says: x[-1]
# also: the order

# %% solution="index"
def index_vjp(g, x, index):
    """What comes back through x[index] when g arrives.

    Args:
        g: what arrives, an array of the shape of x[index], or one number.
        x: an array of floats.
        index: whatever may stand in the brackets: a number, a slice, lists or arrays of numbers, a tuple of these.

    Leaves g and x as they are.

    Returns:
        a new array of the shape of x.

    Example: for x of shape (3,), index [0, 2, 2] and g = [1, 10, 100] it is [1, 0, 110].
    """
    back = np.zeros_like(x)
    np.add.at(back, np.abs(index) if isinstance(index, (int, list)) else index, g)
    return back
