# Judges each matrix alone and averages the results.
# loses: gradcheck-distance
# says: judged alone

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    distances = []
    for g, n in zip(back_propagation(y, theta, A, Z)[1], numerical_gradients(X, y, theta, h), strict=True):
        distances.append(np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n)))
    return np.mean(distances)
