# Moves the parameters in place, where it should only measure.
# loses: gradient-unchanged
# says: only measure slopes

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    delta = sigmoid(a @ v + c) - y
    epsilon = (delta @ v.T) * relu_prime(z)
    dW = x.T @ epsilon
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = a.T @ delta
    dc = np.sum(delta)
    W -= 0.1 * dW
    b -= 0.1 * db
    v -= 0.1 * dv
    return [dW, db, dv, dc]
