# Meets what went into the sigmoid, not what came out of it, in every layer but the first.
# loses: backward-theta2 backward-theta1 backward-layers
# says: the blame meets Z

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    deltas = [2 / y.size * (A[-1] - y) * sigmoid_prime(Z[-1])]
    for step in range(len(theta) - 1, 0, -1):
        deltas.insert(0, deltas[0] @ theta[step][:, 1:] * sigmoid_prime(Z[step - 1]))
    came = [A[0], *(np.column_stack([np.ones(len(z)), z]) for z in Z[:-1])]
    return deltas, [delta.T @ one for delta, one in zip(deltas, came)]
