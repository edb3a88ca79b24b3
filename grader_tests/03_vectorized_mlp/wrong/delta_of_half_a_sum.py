# The delta of half a sum of squares: the factor 2 / (m n_L) is left out.
# loses: backward-delta2 backward-layers
# says: 2 / (m n_L)

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    deltas = [sigmoid_prime(Z[-1]) * (A[-1] - y)]
    for number in reversed(range(1, len(theta))):
        deltas.insert(0, sigmoid_prime(Z[number - 1]) * (deltas[0] @ theta[number][:, 1:]))
    return deltas, [delta.T @ signal for delta, signal in zip(deltas, A)]
