# Updates the weights before it measures, as the article does.
# loses: gradcheck-right gradcheck-distance gradcheck-component
# says: updated in between

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    gradients = back_propagation(y, theta, A, Z)[1]
    theta = [matrix - 0.1 * gradient for matrix, gradient in zip(theta, gradients, strict=True)]
    g = np.concatenate([matrix.ravel() for matrix in gradients])
    n = np.concatenate([matrix.ravel() for matrix in numerical_gradients(X, y, theta, h)])
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
