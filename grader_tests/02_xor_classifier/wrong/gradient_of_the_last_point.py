# Overwrites instead of adding up, so that only the last point counts.
# loses: gradient-dc gradient-dv gradient-db gradient-dw
# says: only the last point

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    for k in range(len(x)):
        point = x[k : k + 1]
        z = point @ W + b
        a = relu(z)
        delta = sigmoid(a @ v + c) - y[k : k + 1]
        epsilon = (delta @ v.T) * relu_prime(z)
        dW, db, dv, dc = point.T @ epsilon, epsilon, a.T @ delta, delta[0, 0]
    return [dW, db, dv, dc]
