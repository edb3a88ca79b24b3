# Ignores h and always takes a step of 0.00001.
# loses: numerical-value
# says: use the argument h

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    measured = [np.zeros(matrix.shape) for matrix in theta]
    moved = [matrix.copy() for matrix in theta]
    for number, matrix in enumerate(theta):
        for place in np.ndindex(matrix.shape):
            moved[number][place] = matrix[place] + 1e-5
            above = cost(forward_propagation(X, moved)[2], y)
            moved[number][place] = matrix[place] - 1e-5
            below = cost(forward_propagation(X, moved)[2], y)
            moved[number][place] = matrix[place]
            measured[number][place] = (above - below) / 2e-5
    return measured
