# Subtracts the mean of the inputs from the caller's own array.
# loses: forward-input forward-layers
# says: changed what it was given

# %% solution="forward"
def forward_propagation(X, theta):
    X -= X.mean(axis=0)
    ones = np.ones((len(X), 1))
    A, Z = [np.hstack((ones, X))], []
    for matrix in theta:
        Z.append(A[-1] @ matrix.T)
        A.append(np.hstack((ones, sigmoid(Z[-1]))))
    A[-1] = A[-1][:, 1:]
    return A, Z, A[-1]
