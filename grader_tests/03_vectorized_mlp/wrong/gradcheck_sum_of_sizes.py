# Adds sizes where the norm is the root of a sum of squares.
# loses: gradcheck-distance
# says: sum of sizes

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    gradients = back_propagation(y, theta, A, Z)[1]
    measured = numerical_gradients(X, y, theta, h)
    g = np.concatenate([matrix.ravel() for matrix in gradients])
    n = np.concatenate([matrix.ravel() for matrix in measured])
    return np.sum(np.abs(g - n)) / (np.sum(np.abs(g)) + np.sum(np.abs(n)))
