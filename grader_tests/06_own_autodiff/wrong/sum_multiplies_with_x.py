# Multiplies what arrives with x, as a product would.
# loses: reductions-sum
# says: through x.sum()

# %% solution="reductions"
def sum_vjp(g, x, axis=None):
    if axis is not None:
        g = np.expand_dims(g, axis)
    return g * x


def mean_vjp(g, x, axis=None):
    count = x.size if axis is None else x.shape[axis]
    return sum_vjp(g, x, axis) / count
