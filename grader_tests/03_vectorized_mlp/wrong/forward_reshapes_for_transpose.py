# Uses reshape where a transpose is meant: the shape fits, the numbers are mixed up.
# loses: forward-z forward-layers
# says: one unit belongs to one row

# %% solution="forward"
def forward_propagation(X, theta):
    ones = np.ones((len(X), 1))
    A, Z = [np.hstack((ones, X))], []
    for matrix in theta:
        Z.append(A[-1] @ matrix.reshape(matrix.shape[::-1]))
        A.append(np.hstack((ones, sigmoid(Z[-1]))))
    A[-1] = A[-1][:, 1:]
    return A, Z, A[-1]
