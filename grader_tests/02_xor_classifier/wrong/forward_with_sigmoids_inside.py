# Uses the sigmoid in the hidden layer as well.
# loses: forward
# says: sigmoid in the hidden layer

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    a = sigmoid(X @ W + b)
    return sigmoid(a @ v + c)
