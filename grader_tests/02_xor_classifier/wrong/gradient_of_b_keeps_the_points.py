# Forgets to sum the gradient of b over the points.
# loses: gradient-db
# says: shape

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    delta = sigmoid(a @ v + c) - y
    epsilon = (delta @ v.T) * relu_prime(z)
    dW = x.T @ epsilon
    db = epsilon
    dv = a.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
