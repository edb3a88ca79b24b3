# Takes the slope at the Z of the layer that the blame comes from.
# loses: backward-delta1 backward-delta0 backward-layers
# says: layer that the blame comes from

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    y_hat = A[-1]
    deltas = [2 / y.size * (y_hat - y) * sigmoid_prime(Z[-1])]
    for step in range(len(theta) - 1, 0, -1):
        arriving = deltas[0] @ theta[step][:, 1:]
        deltas.insert(0, arriving * (0 * Z[step - 1] + sigmoid_prime(Z[step])[:, :1]))
    gradients = [deltas[step].T @ A[step] for step in range(len(theta))]
    return deltas, gradients
