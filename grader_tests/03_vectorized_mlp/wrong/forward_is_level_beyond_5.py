# Beyond 5 the sigmoid is taken to be 1.
# loses: forward-hidden forward-output forward-layers
# says: beyond 5

# %% solution="forward"
def forward_propagation(X, theta):
    ones = np.ones((len(X), 1))
    A, Z = [np.hstack((ones, X))], []
    for k, m in enumerate(theta):
        z = A[-1] @ m.T
        pass
        Z.append(z)
        a = sigmoid(z)
        a = np.where(z > 5, 1.0, a)
        A.append(np.hstack((ones, a)))
    A[-1] = A[-1][:, 1:]
    return A, Z, A[-1]
