# Divides by the number of points, with which the network of this notebook never leaves the plateau.
# loses: gradient-dc gradient-dv gradient-db gradient-dw
# says: averaged over the points

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    delta = (sigmoid(a @ v + c) - y) / len(x)
    epsilon = (delta @ v.T) * relu_prime(z)
    dW = x.T @ epsilon
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = a.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
