# The blame that arrives at a unit is cut off at 5.
# loses: backward-layers
# says: None of the entries is right

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    deltas = [2 / y.size * (A[-1] - y) * sigmoid_prime(Z[-1])]
    for step in range(len(theta) - 1, 0, -1):
        deltas.insert(0, np.clip(deltas[0] @ theta[step][:, 1:], -5, 5) * sigmoid_prime(Z[step - 1]))
    return deltas, [delta.T @ a for delta, a in zip(deltas, A)]
