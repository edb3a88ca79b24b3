# Leaves out the relu, so that the network can draw one straight line only.
# loses: forward
# says: forgot the relu

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    a = X @ W + b
    return sigmoid(a @ v + c)
