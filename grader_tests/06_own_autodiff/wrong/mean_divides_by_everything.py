# Divides by the number of all entries, also where one axis was averaged.
# loses: reductions-mean
# says: number of all entries

# %% solution="reductions"
def sum_vjp(g, x, axis=None):
    if axis is not None:
        g = np.expand_dims(g, axis)
    return g * np.ones_like(x)


def mean_vjp(g, x, axis=None):
    count = x.size
    return sum_vjp(g, x, axis) / count
