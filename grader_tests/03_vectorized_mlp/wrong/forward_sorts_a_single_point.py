# Does something else where there is one point only.
# loses: forward-layers
# says: for 1 points

# %% solution="forward"
def forward_propagation(X, theta):
    X = np.sort(X, axis=1) if len(X) == 1 else np.asarray(X)
    A, Z = [np.insert(X, 0, 1, axis=1)], []
    for matrix in theta:
        Z.append(A[-1] @ matrix.T)
        A.append(np.insert(sigmoid(Z[-1]), 0, 1, axis=1))
    A[-1] = A[-1][:, 1:]
    return A, Z, A[-1]
