# Multiplies by the weighted sum before the relu.
# loses: gradient-dv
# says: before the relu

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    delta = sigmoid(a @ v + c) - y
    epsilon = (delta @ v.T) * relu_prime(z)
    dW = x.T @ epsilon
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = z.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
