# Multiplies without column 0 of theta, so no bias counts.
# loses: forward-z forward-layers
# says: biases in column 0

# %% solution="forward"
def forward_propagation(X, theta):
    ones = np.ones((len(X), 1))
    A, Z = [np.hstack((ones, X))], []
    for matrix in theta:
        Z.append(A[-1][:, 1:] @ matrix[:, 1:].T)
        A.append(np.hstack((ones, sigmoid(Z[-1]))))
    A[-1] = A[-1][:, 1:]
    return A, Z, A[-1]
