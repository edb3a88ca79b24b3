# Treats a mean as a sum.
# loses: reductions-mean
# says: this is a sum

# %% solution="reductions"
def sum_vjp(g, x, axis=None):
    if axis is not None:
        g = np.expand_dims(g, axis)
    return g * np.ones_like(x)


def mean_vjp(g, x, axis=None):
    count = x.size if axis is None else x.shape[axis]
    return sum_vjp(g, x, axis)
