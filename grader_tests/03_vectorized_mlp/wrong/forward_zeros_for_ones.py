# Adds a column of zeros, so no bias ever counts.
# loses: forward-input forward-hidden forward-layers
# says: column of zeros

# %% solution="forward"
def forward_propagation(X, theta):
    ones = np.zeros((len(X), 1))
    A, Z = [np.hstack((ones, X))], []
    for matrix in theta:
        Z.append(A[-1] @ matrix.T)
        A.append(np.hstack((ones, sigmoid(Z[-1]))))
    A[-1] = A[-1][:, 1:]
    return A, Z, A[-1]
