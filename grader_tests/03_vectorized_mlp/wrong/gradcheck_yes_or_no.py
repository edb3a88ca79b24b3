# Answers True or False where a distance is asked for.
# loses: gradcheck-right gradcheck-distance gradcheck-component gradcheck-unchanged
# says: not a yes or no

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    gradients = back_propagation(y, theta, A, Z)[1]
    measured = numerical_gradients(X, y, theta, h)
    g = np.concatenate([matrix.ravel() for matrix in gradients])
    n = np.concatenate([matrix.ravel() for matrix in measured])
    return bool(np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n)) < 1e-7)
