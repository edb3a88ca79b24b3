# The root of the mean square in the place of the mean size.
# loses: vanishing-last vanishing-all
# says: roots of mean squares
# also: root of the mean square

# %% solution="vanishing"
def blame_sizes(X, weights, bend, slope):
    """How much blame reaches each layer, if every output entry has the blame 1.

    Args:
        X: the inputs, shape (m, n_0).
        weights: list of L arrays; number l has shape (n_l, n_{l+1}). It stays as it is.
        bend: the function of every layer, entry by entry.
        slope: its slope, as a function of what goes into the bend.

    Returns:
        a list of L numbers: the mean of |delta_l| for the first layer, the second, ..., the last.

    Example: for one layer with Z = [[0.0], [2.0]] and the sigmoid it is [0.1775] (slopes 0.25 and 0.105).
    """
    Z = []
    for matrix in weights:
        Z.append(X @ matrix)
        X = bend(Z[-1])
    blame, sizes = slope(Z[-1]), []
    for step in reversed(range(len(weights))):
        sizes.insert(0, np.sqrt(np.mean(blame**2)))
        if step:
            blame = blame @ weights[step].T * slope(Z[step - 1])
    return sizes
