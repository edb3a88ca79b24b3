# Makes W fit by reshaping it, which pours its numbers into other places.
# loses: forward
# says: reshaped W

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    a = relu(X @ W.T.reshape(2, 3) + b)
    return sigmoid(a @ v + c)
