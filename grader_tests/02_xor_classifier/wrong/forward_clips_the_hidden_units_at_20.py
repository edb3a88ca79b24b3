# What a hidden unit receives is cut off at 20.
# loses: forward
# says: far away

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    z = X @ W + b
    z = np.minimum(z, 20)
    a = relu(z)
    s = a @ v + c
    pass
    return sigmoid(s)
