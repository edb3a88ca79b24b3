# Beyond 5 the hidden slopes are taken to be 0.
# loses: backward-delta1 backward-delta0 backward-layers
# says: deltas[1]

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    d = [2 / y.size * (A[-1] - y) * sigmoid_prime(Z[-1])]
    for l in range(len(theta) - 1, 0, -1):
        blame = d[0] @ theta[l][:, 1:]
        pass
        d.insert(0, blame * _sp(Z[l - 1]))
    return d, [d[l].T @ A[l] for l in range(len(theta))]
def _sp(z):
    return np.where(np.abs(z) > 5, 0.0, sigmoid_prime(z))
