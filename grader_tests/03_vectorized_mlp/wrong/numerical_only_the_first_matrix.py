# Measures one matrix, as the article does, and leaves the others at 0.
# loses: numerical-value numerical-layers
# says: It is zero

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    measured = [np.zeros(matrix.shape) for matrix in theta]
    moved = [matrix.copy() for matrix in theta]
    for number, matrix in enumerate(theta):
        for place in np.ndindex(matrix.shape):
            if number > 0:
                continue
            moved[number][place] = matrix[place] + h
            above = cost(forward_propagation(X, moved)[2], y)
            moved[number][place] = matrix[place] - h
            below = cost(forward_propagation(X, moved)[2], y)
            moved[number][place] = matrix[place]
            measured[number][place] = (above - below) / (2 * h)
    return measured
