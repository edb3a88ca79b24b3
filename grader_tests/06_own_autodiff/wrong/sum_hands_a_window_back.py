# Stretches g without a copy, so that the result is a window on it.
# loses: reductions-sum
# says: window

# %% solution="reductions"
def sum_vjp(g, x, axis=None):
    if axis is not None:
        g = np.expand_dims(g, axis)
    return np.broadcast_to(g, x.shape)


def mean_vjp(g, x, axis=None):
    count = x.size if axis is None else x.shape[axis]
    return sum_vjp(g, x, axis) / count
