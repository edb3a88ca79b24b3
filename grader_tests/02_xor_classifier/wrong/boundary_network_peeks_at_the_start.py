# Uses the starting parameters of the notebook and ignores its arguments.
# loses: boundary-network
# says: the notebook's variable W_init

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    return sigmoid(relu(X @ W_init + b_init) @ v_init + c_init)


def decision_grid(x, y, params):
    across, up = np.meshgrid(x, y)
    nodes = np.column_stack([across.ravel(), up.ravel()])
    probabilities = ff_nn_relu(nodes, *params)
    return (probabilities > 0.5).astype(int).reshape(across.shape)
