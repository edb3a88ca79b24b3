# Lets numpy stretch g by itself, which fits along the wrong axis.
# loses: reductions-sum
# says: or two axes

# %% solution="reductions"
def sum_vjp(g, x, axis=None):
    g = np.asarray(g)
    if g.ndim and g.shape[0] != x.shape[-1]:
        g = g.reshape(-1, *[1] * (x.ndim - 1))
    return g * np.ones_like(x)


def mean_vjp(g, x, axis=None):
    count = x.size if axis is None else x.shape[axis]
    return sum_vjp(g, x, axis) / count
