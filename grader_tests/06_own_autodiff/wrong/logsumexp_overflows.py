# Takes the exponentials as they stand.
# loses: logsumexp-value
# says: something overflowed

# %% solution="logsumexp"
def logsumexp(x, axis):
    with np.errstate(over="ignore"):
        return np.log(np.exp(x).sum(axis=axis))


def logsumexp_vjp(g, x, axis):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.expand_dims(g, axis) * e / e.sum(axis=axis, keepdims=True)
