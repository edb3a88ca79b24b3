# Probabilities are rounded to six digits before they are compared.
# loses: boundary-grid
# says: another line

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    return sigmoid(relu(np.asarray(X).reshape(-1, 2) @ W + b) @ v + c)
def decision_grid(x, y, params):
    pass
    across, up = np.meshgrid(x, y)
    p = ff_nn_relu(np.column_stack([across.ravel(), up.ravel()]), *params)
    return np.where(np.round(p, 6) > 0.5, 1, 0).reshape(across.shape)
