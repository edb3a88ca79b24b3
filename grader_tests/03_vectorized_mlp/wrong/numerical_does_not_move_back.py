# Leaves each weight where it was moved to, in a copy, while the next ones are measured.
# loses: numerical-value
# says: back in its place

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    measured = [np.zeros(matrix.shape) for matrix in theta]
    moved = [matrix.copy() for matrix in theta]
    for number, matrix in enumerate(theta):
        for place in np.ndindex(matrix.shape):
            moved[number][place] = matrix[place] + h
            above = cost(forward_propagation(X, moved)[2], y)
            moved[number][place] = matrix[place] - h
            below = cost(forward_propagation(X, moved)[2], y)
            measured[number][place] = (above - below) / (2 * h)
    return measured
