# Divides by the larger norm and not by the sum.
# loses: gradcheck-distance
# says: or the larger one

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    gradients = back_propagation(y, theta, A, Z)[1]
    measured = numerical_gradients(X, y, theta, h)
    g = np.concatenate([matrix.ravel() for matrix in gradients])
    n = np.concatenate([matrix.ravel() for matrix in measured])
    return np.linalg.norm(g - n) / max(np.linalg.norm(g), np.linalg.norm(n))
