# Leaves out the bias of the output.
# loses: forward
# says: bias c

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    a = relu(X @ W + b)
    return sigmoid(a @ v)
