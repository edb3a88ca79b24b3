# Takes every axis of length 1 away from the largest.
# loses: logsumexp-value
# says: made a table of them

# %% solution="logsumexp"
def logsumexp(x, axis):
    top = x.max(axis=axis, keepdims=True)
    return np.log(np.exp(x - top).sum(axis=axis)) + np.squeeze(top)


def logsumexp_vjp(g, x, axis):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.expand_dims(g, axis) * e / e.sum(axis=axis, keepdims=True)
