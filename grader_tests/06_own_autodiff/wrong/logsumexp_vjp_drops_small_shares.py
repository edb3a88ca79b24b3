# Turns shares below 1e-9 into 0.
# loses: logsumexp-vjp
# says: Small is no 0

# %% solution="logsumexp"
def logsumexp(x, axis):
    top = x.max(axis=axis, keepdims=True)
    return np.log(np.exp(x - top).sum(axis=axis)) + np.squeeze(top, axis)


def logsumexp_vjp(g, x, axis):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    e[e < 1e-9] = 0
    return np.expand_dims(g, axis) * e / e.sum(axis=axis, keepdims=True)
