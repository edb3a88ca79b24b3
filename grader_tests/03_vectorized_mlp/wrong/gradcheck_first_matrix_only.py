# Checks THETA[0] alone, as the article does.
# loses: gradcheck-distance gradcheck-component
# says: does every matrix take part
# also: only the first matrix

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    g = back_propagation(y, theta, A, Z)[1][0]
    n = numerical_gradients(X, y, theta, h)[0]
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
