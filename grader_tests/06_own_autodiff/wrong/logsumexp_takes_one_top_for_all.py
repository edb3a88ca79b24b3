# Takes the largest of all rows out of every row, which leaves nothing of the small ones.
# loses: logsumexp-value
# says: overflowed, or was divided by zero

# %% solution="logsumexp"
def logsumexp(x, axis):
    top = np.full(x.max(axis=axis, keepdims=True).shape, x.max())
    return np.log(np.exp(x - top).sum(axis=axis)) + np.squeeze(top, axis)


def logsumexp_vjp(g, x, axis):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.expand_dims(g, axis) * e / e.sum(axis=axis, keepdims=True)
