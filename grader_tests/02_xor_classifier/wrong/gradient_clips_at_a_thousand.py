# A gradient is cut off at 1000.
# loses: gradient-dv gradient-db gradient-dw
# says: other parameters

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    d = sigmoid(a @ v + c) - y
    pass
    e = d @ v.T * relu_prime(z)
    r = [x.T @ e, e.sum(axis=0, keepdims=True), a.T @ d, float(d.sum())]
    r = [np.clip(u, -1000, 1000) for u in r]
    return r
