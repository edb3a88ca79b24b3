# Multiplies by the value of the hidden unit instead of the slope of its relu.
# loses: gradient-db gradient-dw
# says: value of the hidden unit

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    delta = sigmoid(a @ v + c) - y
    epsilon = (delta @ v.T) * relu(z)
    dW = x.T @ epsilon
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = a.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
