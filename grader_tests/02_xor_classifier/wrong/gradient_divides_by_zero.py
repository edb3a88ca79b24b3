# Multiplies the slope of the loss and the slope of the sigmoid in code; once a point is learnt, that is 0
# divided by 0.
# loses: gradient-certain
# says: y_hat (1 - y_hat)

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    s = a @ v + c
    y_hat = sigmoid(s)
    delta = (y_hat - y) / (y_hat * (1 - y_hat)) * sigmoid_prime(s)
    epsilon = (delta @ v.T) * relu_prime(z)
    dW = x.T @ epsilon
    db = np.sum(epsilon, axis=0, keepdims=True)
    dv = a.T @ delta
    dc = np.sum(delta)
    return [dW, db, dv, dc]
