# Adds the hidden bias to what comes out of the relu.
# loses: forward
# says: after the relu

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    a = relu(X @ W) + b
    return sigmoid(a @ v + c)
