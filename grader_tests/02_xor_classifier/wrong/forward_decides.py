# Returns the class where a probability is asked for.
# loses: forward
# says: the class, 0 or 1

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    a = relu(X @ W + b)
    return (sigmoid(a @ v + c) > 0.5) * 1.0
