# Uses the one-sided ruler.
# loses: numerical-value
# says: one-sided ruler

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    measured = [np.zeros(matrix.shape) for matrix in theta]
    moved = [matrix.copy() for matrix in theta]
    for number, matrix in enumerate(theta):
        for place in np.ndindex(matrix.shape):
            moved[number][place] = matrix[place] + h
            above = cost(forward_propagation(X, moved)[2], y)
            moved[number][place] = matrix[place]
            below = cost(forward_propagation(X, moved)[2], y)
            moved[number][place] = matrix[place]
            measured[number][place] = (above - below) / h
    return measured
