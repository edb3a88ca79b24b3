# Adds the differences before it takes their size, so plus and minus cancel.
# loses: gradcheck-distance
# says: plus and minus cancel

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    gradients = back_propagation(y, theta, A, Z)[1]
    measured = numerical_gradients(X, y, theta, h)
    g = np.concatenate([matrix.ravel() for matrix in gradients])
    n = np.concatenate([matrix.ravel() for matrix in measured])
    return abs(np.sum(g - n)) / (abs(np.sum(g)) + abs(np.sum(n)))
