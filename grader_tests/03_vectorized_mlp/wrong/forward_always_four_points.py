# Makes four ones, because XOR has four points.
# loses: forward-input forward-z forward-hidden forward-output forward-layers
# says: only fits the example

# %% solution="forward"
def forward_propagation(X, theta):
    ones = np.ones((4, 1))
    A, Z = [np.hstack((ones, X))], []
    for matrix in theta:
        Z.append(A[-1] @ matrix.T)
        A.append(np.hstack((ones, sigmoid(Z[-1]))))
    A[-1] = A[-1][:, 1:]
    return A, Z, A[-1]
