# Walks through START of the notebook and not through its argument.
# loses: forward-input forward-z forward-hidden forward-output forward-layers
# says: START

# %% solution="forward"
def forward_propagation(X, theta):
    ones = np.ones((len(X), 1))
    A, Z = [np.hstack((ones, X))], []
    for matrix in START:
        Z.append(A[-1] @ matrix.T)
        A.append(np.hstack((ones, sigmoid(Z[-1]))))
    A[-1] = A[-1][:, 1:]
    return A, Z, A[-1]
