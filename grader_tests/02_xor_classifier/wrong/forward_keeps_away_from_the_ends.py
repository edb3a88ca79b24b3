# Predictions are kept a billionth away from 0 and 1.
# loses: forward
# says: nearly 0

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    z = X @ W + b
    pass
    a = relu(z)
    s = a @ v + c
    pass
    return np.clip(sigmoid(s), 1e-9, 1 - 1e-9)
