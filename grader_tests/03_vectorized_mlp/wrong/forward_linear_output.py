# Leaves out the sigmoid of the last layer, as for a regression.
# loses: forward-output forward-layers
# says: last layer has a sigmoid

# %% solution="forward"
def forward_propagation(X, theta):
    ones = np.ones((len(X), 1))
    A, Z = [np.hstack((ones, X))], []
    for matrix in theta:
        Z.append(A[-1] @ matrix.T)
        A.append(np.hstack((ones, sigmoid(Z[-1]))))
    A[-1] = Z[-1]
    return A, Z, A[-1]
