# Returns the probabilities in shape (n,), which turns differences with y into an n by n matrix.
# loses: forward
# says: shape
# also: axis of length 1 is missing

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    a = relu(X @ W + b)
    return sigmoid(a @ v + c).ravel()
