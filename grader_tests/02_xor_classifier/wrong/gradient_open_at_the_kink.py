# Lets blame through where z is exactly 0.
# loses: gradient-db gradient-dw
# says: we agreed on 0

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    error = sigmoid(a @ v + c) - y
    blame = (error @ v.T) * np.where(z < 0, 0.0, 1.0)
    return [x.T @ blame, np.sum(blame, axis=0, keepdims=True), a.T @ error, np.sum(error)]
