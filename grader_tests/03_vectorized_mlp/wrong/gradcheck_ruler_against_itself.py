# Compares the measured gradient with itself.
# loses: gradcheck-right gradcheck-distance gradcheck-component gradcheck-unchanged
# says: is content with

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    gradients = back_propagation(y, theta, A, Z)[1]
    measured = numerical_gradients(X, y, theta, h)
    g = np.concatenate([matrix.ravel() for matrix in gradients])
    n = np.concatenate([matrix.ravel() for matrix in measured])
    return np.linalg.norm(n - n) / (np.linalg.norm(n) + np.linalg.norm(n))
