# Sends the inputs through the sigmoid as well.
# loses: forward-input forward-layers
# says: the inputs were squeezed by the sigmoid

# %% solution="forward"
def forward_propagation(X, theta):
    ones = np.ones((len(X), 1))
    A, Z = [np.hstack((ones, sigmoid(X)))], []
    for matrix in theta:
        Z.append(A[-1] @ matrix.T)
        A.append(np.hstack((ones, sigmoid(Z[-1]))))
    A[-1] = A[-1][:, 1:]
    return A, Z, A[-1]
