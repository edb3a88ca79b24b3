# Multiplies by the slope of the relu where its value belongs.
# loses: gradient-dv
# says: slope of the relu, where

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    delta = sigmoid(a @ v + c) - y
    epsilon = (delta @ v.T) * relu_prime(z)
    dW = x.T @ epsilon
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = relu_prime(z).T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
