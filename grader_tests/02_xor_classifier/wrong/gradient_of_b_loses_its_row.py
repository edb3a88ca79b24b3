# Returns db in shape (3,), not in the shape of b.
# loses: gradient-db
# says: axis of length 1

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    delta = sigmoid(a @ v + c) - y
    epsilon = (delta @ v.T) * relu_prime(z)
    dW = x.T @ epsilon
    db = np.sum(epsilon, axis=0)
    dv = a.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
