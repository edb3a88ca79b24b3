# Adds the ones first and squeezes afterwards, so the bias sees 0.731.
# loses: forward-hidden forward-layers
# says: 0.73

# %% solution="forward"
def forward_propagation(X, theta):
    ones = np.ones((len(X), 1))
    A, Z = [np.hstack((ones, X))], []
    for matrix in theta:
        Z.append(A[-1] @ matrix.T)
        A.append(sigmoid(np.hstack((ones, Z[-1]))))
    A[-1] = A[-1][:, 1:]
    return A, Z, A[-1]
