# Compares the decided class with y, as the perceptron does.
# loses: gradient-dc gradient-dv gradient-db gradient-dw
# says: decided class

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    delta = (sigmoid(a @ v + c) > 0.5) * 1.0 - y
    epsilon = (delta @ v.T) * relu_prime(z)
    dW = x.T @ epsilon
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = a.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
