# Compares the weighted sum with the class, before the sigmoid.
# loses: gradient-dc gradient-dv gradient-db gradient-dw gradient-certain
# says: before the sigmoid
# never: kept away from 0 and 1

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    delta = a @ v + c - y
    epsilon = (delta @ v.T) * relu_prime(z)
    dW = x.T @ epsilon
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = a.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
