# Uses the parameters of the notebook where it was given others.
# loses: forward
# says: the notebook's variable EXAMPLE_PARAMS

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = EXAMPLE_PARAMS
    a = relu(X @ W + b)
    return sigmoid(a @ v + c)
