# Overwrites the result in a loop, so only the last matrix counts.
# loses: gradcheck-distance gradcheck-component
# says: does every matrix take part
# also: only the last matrix
# never: the worst counts

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    for g, n in zip(back_propagation(y, theta, A, Z)[1], numerical_gradients(X, y, theta, h), strict=True):
        distance = np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
    return distance
