# Measures on the first four points only, as many as XOR has.
# loses: numerical-value

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    """The gradient of the cost, measured with centred differences.

    Args:
        X: the inputs, shape (m, n_0).
        y: the targets, shape (m, n_L).
        theta: list of L arrays; number l has shape (n_{l+1}, n_l + 1). It comes back as it was.
        h: the step to either side; a number above 0.

    Returns:
        a list of L arrays of the shapes of theta, in the same order.

    Example: for XOR, START and h = 0.1, entry [0][0, 0] is -0.0019525; the true slope
    is -0.0019540.
    """
    measured = [np.zeros(matrix.shape) for matrix in theta]
    moved = [matrix.copy() for matrix in theta]
    for number, matrix in enumerate(theta):
        for place in np.ndindex(matrix.shape):
            moved[number][place] = matrix[place] + h
            above = cost(forward_propagation(X[:4], moved)[2], y[:4])
            moved[number][place] = matrix[place] - h
            below = cost(forward_propagation(X[:4], moved)[2], y[:4])
            moved[number][place] = matrix[place]
            measured[number][place] = (above - below) / (2 * h)
    return measured
