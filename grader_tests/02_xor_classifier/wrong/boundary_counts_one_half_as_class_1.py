# Puts a probability of exactly 0.5 into class 1.
# loses: boundary-grid
# says: exactly 0.5

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    return sigmoid(relu(X @ W + b) @ v + c)


def decision_grid(x, y, params):
    across, up = np.meshgrid(x, y)
    nodes = np.column_stack([across.ravel(), up.ravel()])
    probabilities = ff_nn_relu(nodes, *params)
    return (probabilities >= 0.5).astype(int).reshape(across.shape)
