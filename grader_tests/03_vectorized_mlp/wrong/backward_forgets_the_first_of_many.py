# With more than four steps the first gradient stays 0.
# loses: backward-layers
# says: It is zero

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    d = [2 / (len(y) * len(theta[-1])) * (A[-1] - y) * sigmoid_prime(Z[-1])]
    for l in range(len(theta) - 1, 0, -1):
        d.insert(0, d[0] @ theta[l][:, 1:] * sigmoid_prime(Z[l - 1]))
    g = [d[l].T @ A[l] for l in range(len(theta))]
    if len(theta) > 4: g[0] = 0 * g[0]
    return d, g
