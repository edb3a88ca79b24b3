# Is written for [2, 2, 2, 1]: exactly three matrices.
# loses: forward-input forward-z forward-hidden forward-output forward-layers
# says: only fits the example

# %% solution="forward"
def forward_propagation(X, theta):
    ones = np.ones((len(X), 1))
    A0 = np.hstack((ones, X))
    Z0 = A0 @ theta[0].T
    A1 = np.hstack((ones, sigmoid(Z0)))
    Z1 = A1 @ theta[1].T
    A2 = np.hstack((ones, sigmoid(Z1)))
    Z2 = A2 @ theta[2].T
    y_hat = sigmoid(Z2)
    return [A0, A1, A2, y_hat], [Z0, Z1, Z2], y_hat
