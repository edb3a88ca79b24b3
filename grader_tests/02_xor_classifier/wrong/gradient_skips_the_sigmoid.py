# Starts from the slope of the loss by y_hat and forgets the slope of the sigmoid.
# loses: gradient-dc gradient-dv gradient-db gradient-dw gradient-certain
# says: left out the slope of the sigmoid

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    y_hat = sigmoid(a @ v + c)
    delta = loss_derivative(y, y_hat)
    epsilon = (delta @ v.T) * relu_prime(z)
    dW = x.T @ epsilon
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = a.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
