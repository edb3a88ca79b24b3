# Answers for the first point only, because it was written for a loop over single points.
# loses: boundary-network
# says: shape

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    X = np.atleast_2d(X)[:1]
    return sigmoid(relu(X @ W + b) @ v + c)


def decision_grid(x, y, params):
    across, up = np.meshgrid(x, y)
    nodes = np.column_stack([across.ravel(), up.ravel()])
    probabilities = ff_nn_relu(nodes, *params)
    return (probabilities > 0.5).astype(int).reshape(across.shape)
