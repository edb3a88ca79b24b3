# Moves all weights of a matrix together, so every entry gets the same slope.
# loses: numerical-value numerical-layers
# says: equal numbers only

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    measured = []
    for number, matrix in enumerate(theta):
        up, down = list(theta), list(theta)
        up[number], down[number] = matrix + h, matrix - h
        rise = cost(forward_propagation(X, up)[2], y) - cost(forward_propagation(X, down)[2], y)
        measured.append(np.full(matrix.shape, rise / (2 * h)))
    return measured
