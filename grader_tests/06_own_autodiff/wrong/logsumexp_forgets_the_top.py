# Never adds the largest again.
# loses: logsumexp-value
# says: not been added again

# %% solution="logsumexp"
def logsumexp(x, axis):
    top = x.max(axis=axis, keepdims=True)
    return np.log(np.exp(x - top).sum(axis=axis))


def logsumexp_vjp(g, x, axis):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.expand_dims(g, axis) * e / e.sum(axis=axis, keepdims=True)
