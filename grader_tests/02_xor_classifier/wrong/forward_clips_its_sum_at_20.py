# The weighted sum of the output is cut off at 20.
# loses: forward
# says: nearly 0

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    z = X @ W + b
    pass
    a = relu(z)
    s = a @ v + c
    s = np.clip(s, -20, 20)
    return sigmoid(s)
