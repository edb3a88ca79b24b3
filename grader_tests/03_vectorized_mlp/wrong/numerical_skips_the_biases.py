# Starts at column 1 and never measures a bias.
# loses: numerical-value numerical-layers
# says: are the biases measured too

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    measured = [np.zeros(matrix.shape) for matrix in theta]
    moved = [matrix.copy() for matrix in theta]
    for number, matrix in enumerate(theta):
        for place in np.ndindex(matrix.shape):
            if place[1] == 0:
                continue
            moved[number][place] = matrix[place] + h
            above = cost(forward_propagation(X, moved)[2], y)
            moved[number][place] = matrix[place] - h
            below = cost(forward_propagation(X, moved)[2], y)
            moved[number][place] = matrix[place]
            measured[number][place] = (above - below) / (2 * h)
    return measured
