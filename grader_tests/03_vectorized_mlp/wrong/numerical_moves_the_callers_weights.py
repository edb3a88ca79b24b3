# Moves the caller's own weights and forgets to put them back.
# loses: numerical-value numerical-unchanged
# says: changed theta

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    measured = [np.zeros(matrix.shape) for matrix in theta]
    for number, matrix in enumerate(theta):
        for place in np.ndindex(matrix.shape):
            matrix[place] += h
            above = cost(forward_propagation(X, theta)[2], y)
            matrix[place] -= 2 * h
            below = cost(forward_propagation(X, theta)[2], y)
            measured[number][place] = (above - below) / (2 * h)
    return measured
