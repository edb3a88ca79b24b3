# Keeps y_hat away from 0 and 1 before dividing, so that a point which is certain and wrong no longer
# pulls.
# loses: gradient-certain
# says: full force

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    y_hat = sigmoid(a @ v + c)
    safe = np.clip(y_hat, 1e-12, 1 - 1e-12)
    delta = loss_derivative(y, safe) * y_hat * (1 - y_hat)
    epsilon = (delta @ v.T) * relu_prime(z)
    dW = x.T @ epsilon
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = a.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
