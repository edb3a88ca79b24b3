# Leaves out the relu in the second copy of the network.
# loses: boundary-network
# says: forgot the relu

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    return sigmoid((X @ W + b) @ v + c)


def decision_grid(x, y, params):
    across, up = np.meshgrid(x, y)
    nodes = np.column_stack([across.ravel(), up.ravel()])
    probabilities = ff_nn_relu(nodes, *params)
    return (probabilities > 0.5).astype(int).reshape(across.shape)
