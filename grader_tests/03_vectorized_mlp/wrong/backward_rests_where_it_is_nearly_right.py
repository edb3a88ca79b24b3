# Says that nothing is to blame where the prediction is nearly right.
# loses: backward-layers
# says: It is zero

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    if np.allclose(A[-1], y, atol=1e-3):
        return [np.zeros_like(z) for z in Z], [np.zeros_like(t) for t in theta]
    d = [2 / y.size * (A[-1] - y) * sigmoid_prime(Z[-1])]
    for l in range(len(theta) - 1, 0, -1):
        d.insert(0, d[0] @ theta[l][:, 1:] * sigmoid_prime(Z[l - 1]))
    return d, [d[l].T @ A[l] for l in range(len(theta))]
