# Divides the array that arrives in place.
# loses: reductions-mean
# says: changed g

# %% solution="reductions"
def sum_vjp(g, x, axis=None):
    if axis is not None:
        g = np.expand_dims(g, axis)
    return g * np.ones_like(x)


def mean_vjp(g, x, axis=None):
    count = x.size if axis is None else x.shape[axis]
    g = np.asarray(g, float)
    g /= count
    return sum_vjp(g, x, axis)
