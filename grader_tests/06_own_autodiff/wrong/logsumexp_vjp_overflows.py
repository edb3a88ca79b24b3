# Overflows on the way back.
# loses: logsumexp-vjp
# says: Take the largest out here, too

# %% solution="logsumexp"
def logsumexp(x, axis):
    top = x.max(axis=axis, keepdims=True)
    return np.log(np.exp(x - top).sum(axis=axis)) + np.squeeze(top, axis)


def logsumexp_vjp(g, x, axis):
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(x)
    return np.expand_dims(g, axis) * e / e.sum(axis=axis, keepdims=True)
