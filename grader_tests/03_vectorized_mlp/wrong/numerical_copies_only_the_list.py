# Copies the list but not the arrays in it, so the weight that it moves from has moved too.
# loses: numerical-value
# says: a real copy

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    measured = [np.zeros(matrix.shape) for matrix in theta]
    moved = list(theta)
    for number, matrix in enumerate(theta):
        for place in np.ndindex(matrix.shape):
            moved[number][place] = matrix[place] + h
            above = cost(forward_propagation(X, moved)[2], y)
            moved[number][place] = matrix[place] - h
            below = cost(forward_propagation(X, moved)[2], y)
            moved[number][place] = matrix[place]
            measured[number][place] = (above - below) / (2 * h)
    return measured
