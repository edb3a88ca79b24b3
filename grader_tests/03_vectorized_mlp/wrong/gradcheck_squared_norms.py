# Forgets the roots.
# loses: gradcheck-distance gradcheck-component
# says: norms are squared

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    gradients = back_propagation(y, theta, A, Z)[1]
    measured = numerical_gradients(X, y, theta, h)
    g = np.concatenate([matrix.ravel() for matrix in gradients])
    n = np.concatenate([matrix.ravel() for matrix in measured])
    return np.sum((g - n) ** 2) / (np.sum(g**2) + np.sum(n**2))
