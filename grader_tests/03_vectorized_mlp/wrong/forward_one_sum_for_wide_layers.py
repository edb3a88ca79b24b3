# In a last layer of more than four units each receives what the first one does.
# loses: forward-z
# says: Z[1]

# %% solution="forward"
def forward_propagation(X, theta):
    A, Z = [np.insert(X, 0, 1, axis=1)], []
    for m in theta:
        Z.append(A[-1] @ m.T)
        A.append(np.insert(sigmoid(Z[-1]), 0, 1, axis=1))
    A[-1] = np.ascontiguousarray(A[-1][:, 1:])
    Z[-1] = Z[-1][:, :1] + 0 * Z[-1] if Z[-1].shape[1] > 4 else Z[-1]
    return A, Z, A[-1]
