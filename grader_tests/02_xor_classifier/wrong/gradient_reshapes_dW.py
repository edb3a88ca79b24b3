# Makes the transposed dW fit by reshaping it, which pours its numbers into other places.
# loses: gradient-dw
# says: each other's places

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    delta = sigmoid(a @ v + c) - y
    epsilon = (delta @ v.T) * relu_prime(z)
    dW = (epsilon.T @ x).reshape(2, 3)
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = a.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
