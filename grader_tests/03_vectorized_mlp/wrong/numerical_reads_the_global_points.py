# Uses X and y of the notebook and not its arguments.
# loses: numerical-value numerical-layers numerical-unchanged
# says: variable X

# %% solution="numerical"
def numerical_gradients(points, targets, theta, h):
    measured = [np.zeros(matrix.shape) for matrix in theta]
    for number, matrix in enumerate(theta):
        for place in np.ndindex(matrix.shape):
            costs = []
            for way in (1, -1):
                moved = [other.copy() for other in theta]
                moved[number][place] += way * h
                costs.append(cost(forward_propagation(X, moved)[2], y))
            measured[number][place] = (costs[0] - costs[1]) / (2 * h)
    return measured
