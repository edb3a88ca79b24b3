# Remembers its answers by the points and W alone.
# loses: forward
# says: another v
# also: one and the same factor

# %% solution="forward"
_k = {}
def yhat(X, params):
    key = (len(X), round(float(np.sum(X)), 4), round(float(np.sum(params[0])), 4))
    if key in _k: return _k[key]
    W, b, v, c = params
    z = X @ W + b
    pass
    a = relu(z)
    s = a @ v + c
    pass
    _k[key] = sigmoid(s)
    return _k[key]
