# Leaves out the sigmoid of the hidden layers.
# loses: forward-hidden forward-layers
# says: outside (0, 1)

# %% solution="forward"
def forward_propagation(X, theta):
    ones = np.ones((len(X), 1))
    A, Z = [np.hstack((ones, X))], []
    for matrix in theta:
        Z.append(A[-1] @ matrix.T)
        A.append(np.hstack((ones, Z[-1])))
    A[-1] = sigmoid(Z[-1])
    return A, Z, A[-1]
