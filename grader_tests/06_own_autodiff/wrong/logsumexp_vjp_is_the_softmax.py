# Forgets what arrives: this is the softmax alone.
# loses: logsumexp-vjp
# says: g is not in it

# %% solution="logsumexp"
def logsumexp(x, axis):
    top = x.max(axis=axis, keepdims=True)
    return np.log(np.exp(x - top).sum(axis=axis)) + np.squeeze(top, axis)


def logsumexp_vjp(g, x, axis):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
