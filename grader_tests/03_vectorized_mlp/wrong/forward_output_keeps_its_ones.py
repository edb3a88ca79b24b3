# Leaves the column of ones in the prediction.
# loses: forward-output forward-layers
# says: needs no column of ones

# %% solution="forward"
def forward_propagation(X, theta):
    ones = np.ones((len(X), 1))
    A, Z = [np.hstack((ones, X))], []
    for matrix in theta:
        Z.append(A[-1] @ matrix.T)
        A.append(np.hstack((ones, sigmoid(Z[-1]))))
    return A, Z, A[-1]
