# Fills Z[i][j] with i for x, as if the first index ran to the right; on the XOR pattern nobody would
# notice.
# loses: boundary-grid
# says: transposed

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    return sigmoid(relu(X @ W + b) @ v + c)


def decision_grid(x, y, params):
    Z = np.zeros((len(x), len(y)))
    for i, across in enumerate(x):
        for j, up in enumerate(y):
            Z[i][j] = np.squeeze(ff_nn_relu(np.array([across, up]), *params)) > 0.5
    return Z
