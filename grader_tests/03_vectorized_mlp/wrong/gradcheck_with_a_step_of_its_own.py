# Passes 1e-4 to the ruler and ignores h.
# loses: gradcheck-right gradcheck-distance gradcheck-component
# says: another h

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    gradients = back_propagation(y, theta, A, Z)[1]
    measured = numerical_gradients(X, y, theta, 1e-4)
    g = np.concatenate([matrix.ravel() for matrix in gradients])
    n = np.concatenate([matrix.ravel() for matrix in measured])
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
