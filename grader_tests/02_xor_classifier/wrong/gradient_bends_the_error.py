# Sends the error itself through the relu on the way back.
# loses: gradient-db gradient-dw
# says: let relu act on the error

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    delta = sigmoid(a @ v + c) - y
    epsilon = relu(delta @ v.T)
    dW = x.T @ epsilon
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = a.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
