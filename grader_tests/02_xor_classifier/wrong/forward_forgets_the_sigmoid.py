# Returns the weighted sum where a probability is asked for.
# loses: forward
# says: forgot the sigmoid

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    a = relu(X @ W + b)
    return a @ v + c
