# Takes the first number out, not the largest.
# loses: logsumexp-value
# says: overflowed

# %% solution="logsumexp"
def logsumexp(x, axis):
    top = np.take(x, [0], axis=axis)
    return np.log(np.exp(x - top).sum(axis=axis)) + np.squeeze(top, axis)


def logsumexp_vjp(g, x, axis):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.expand_dims(g, axis) * e / e.sum(axis=axis, keepdims=True)
