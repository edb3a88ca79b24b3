# Adds 1e-8 below the line, which is not small where the gradients are tiny.
# loses: gradcheck-distance
# says: free of units

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    """How far your backpropagated gradient is from the measured one.

    Calls your forward_propagation, back_propagation and numerical_gradients,
    all for the same weights theta.

    Args:
        X: the inputs, shape (m, n_0).
        y: the targets, shape (m, n_L).
        theta: list of L arrays of weights. It comes back as it was.
        h: the step of the ruler.

    Returns:
        ||g - n|| / (||g|| + ||n||) over all weights together, one number.

    Example: if g were 3 times n, the distance would be 0.5; if g were -n, it would be 1.
    """
    A, Z, _ = forward_propagation(X, theta)
    gradients = back_propagation(y, theta, A, Z)[1]
    g = np.concatenate([matrix.ravel() for matrix in gradients])
    n = np.concatenate([matrix.ravel() for matrix in numerical_gradients(X, y, theta, h)])
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n) + 1e-8)
