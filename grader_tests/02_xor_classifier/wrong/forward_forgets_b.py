# Leaves out the bias of the hidden layer.
# loses: forward
# says: bias b

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    a = relu(X @ W)
    return sigmoid(a @ v + c)
