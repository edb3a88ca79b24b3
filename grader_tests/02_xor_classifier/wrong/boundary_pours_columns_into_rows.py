# Lists the nodes column by column and reshapes the answers row by row.
# loses: boundary-grid
# says: poured into rows

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    return sigmoid(relu(X @ W + b) @ v + c)


def decision_grid(x, y, params):
    across, up = np.meshgrid(x, y, indexing="ij")
    nodes = np.column_stack([across.ravel(), up.ravel()])
    probabilities = ff_nn_relu(nodes, *params)
    return (probabilities > 0.5).astype(int).reshape(len(y), len(x))
