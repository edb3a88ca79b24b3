# Compares with the labels of the notebook where it was given others.
# loses: gradient-dc gradient-dv gradient-db gradient-dw gradient-certain gradient-unchanged
# says: the notebook's variable EXAMPLE_Y

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    delta = sigmoid(a @ v + c) - EXAMPLE_Y
    epsilon = (delta @ v.T) * relu_prime(z)
    dW = x.T @ epsilon
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = a.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
