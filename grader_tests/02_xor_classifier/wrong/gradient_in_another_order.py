# Returns the gradients in the order in which they are computed.
# loses: gradient-dc gradient-dv gradient-db gradient-dw gradient-certain
# says: The order of the four is [dW, db, dv, dc]
# never: transposed

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
    return [dc, dv, db, dW]
