# The distance is rounded to eight digits.
# loses: gradcheck-distance
# says: right to six digits

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    g = np.concatenate([np.ravel(m) for m in back_propagation(y, theta, A, Z)[1]])
    n = np.concatenate([np.ravel(m) for m in numerical_gradients(X, y, theta, h)])
    return round(float(np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))), 8)
