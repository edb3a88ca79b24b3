# The abandoned attempt: it jumps past the sigmoid, never reaches b and W, and returns nothing.
# loses: gradient-dc gradient-dv gradient-db gradient-dw gradient-certain gradient-unchanged
# says: return

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    a = relu(x @ W + b)
    y_hat = sigmoid(a @ v + c)
    slope_of_loss = -y / y_hat + (1 - y) / (1 - y_hat)
    dv = a.T @ slope_of_loss
    dc = np.sum(slope_of_loss * 1)
