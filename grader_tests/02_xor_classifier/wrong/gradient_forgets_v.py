# Leaves out the edge between hidden unit and output.
# loses: gradient-db gradient-dw
# says: left out v

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    delta = sigmoid(a @ v + c) - y
    epsilon = delta * relu_prime(z)
    dW = x.T @ epsilon
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = a.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
