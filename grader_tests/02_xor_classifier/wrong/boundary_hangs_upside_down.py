# Puts the highest row first, as in an image.
# loses: boundary-grid
# says: upside down

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    return sigmoid(relu(X @ W + b) @ v + c)


def decision_grid(x, y, params):
    across, up = np.meshgrid(x, y)
    nodes = np.column_stack([across.ravel(), up.ravel()])
    probabilities = ff_nn_relu(nodes, *params)
    return (probabilities > 0.5).astype(int).reshape(across.shape)[::-1]
