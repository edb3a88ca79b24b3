# Puts the column of ones behind the others, while the biases stand in column 0.
# loses: forward-input forward-hidden forward-layers
# says: behind

# %% solution="forward"
def forward_propagation(X, theta):
    ones = np.ones((len(X), 1))
    A, Z = [np.hstack((X, ones))], []
    for matrix in theta:
        Z.append(A[-1] @ matrix.T)
        A.append(np.hstack((sigmoid(Z[-1]), ones)))
    A[-1] = A[-1][:, :-1]
    return A, Z, A[-1]
