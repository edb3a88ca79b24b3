# Multiplies in the other order, so that dW has shape (3, 2).
# loses: gradient-dw
# says: transposed

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    delta = sigmoid(a @ v + c) - y
    epsilon = (delta @ v.T) * relu_prime(z)
    dW = epsilon.T @ x
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = a.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
