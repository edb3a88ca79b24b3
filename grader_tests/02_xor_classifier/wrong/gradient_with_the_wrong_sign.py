# Takes y - y_hat for the slope, so that all four gradients point downhill.
# loses: gradient-dc gradient-dv gradient-db gradient-dw
# says: sign is the other way round

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    delta = y - sigmoid(a @ v + c)
    epsilon = (delta @ v.T) * relu_prime(z)
    dW = x.T @ epsilon
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = a.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
