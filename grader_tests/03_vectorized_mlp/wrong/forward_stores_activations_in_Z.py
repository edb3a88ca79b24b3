# Stores in Z what comes out of the sigmoid.
# loses: forward-z forward-hidden forward-output
# says: what comes out of the sigmoid
# also: stands in Z already

# %% solution="forward"
def forward_propagation(X, theta):
    ones = np.ones((len(X), 1))
    A, Z = [np.hstack((ones, X))], []
    for matrix in theta:
        Z.append(sigmoid(A[-1] @ matrix.T))
        A.append(np.hstack((ones, Z[-1])))
    A[-1] = A[-1][:, 1:]
    return A, Z, A[-1]
