# Checks START whatever weights it is given.
# loses: gradcheck-right gradcheck-distance gradcheck-unchanged
# says: START
# says: another theta

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, START)
    g = np.concatenate([matrix.ravel() for matrix in back_propagation(y, START, A, Z)[1]])
    n = np.concatenate([matrix.ravel() for matrix in numerical_gradients(X, y, START, h)])
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
