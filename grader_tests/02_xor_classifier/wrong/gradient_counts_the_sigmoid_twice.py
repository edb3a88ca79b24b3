# Multiplies y_hat - y by the slope of the sigmoid, which it already holds.
# loses: gradient-dc gradient-dv gradient-db gradient-dw gradient-certain
# says: already holds

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    s = a @ v + c
    delta = (sigmoid(s) - y) * sigmoid_prime(s)
    epsilon = (delta @ v.T) * relu_prime(z)
    dW = x.T @ epsilon
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = a.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
