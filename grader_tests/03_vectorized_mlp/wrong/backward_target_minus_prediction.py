# Has the difference the wrong way round, so learning walks uphill.
# loses: backward-delta2 backward-layers
# says: swapped
# also: the sign is the other way round

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    y_hat = A[-1]
    deltas = [2 / y.size * (y - y_hat) * sigmoid_prime(Z[-1])]
    for step in range(len(theta) - 1, 0, -1):
        arriving = deltas[0] @ theta[step][:, 1:]
        deltas.insert(0, arriving * sigmoid_prime(Z[step - 1]))
    gradients = [deltas[step].T @ A[step] for step in range(len(theta))]
    return deltas, gradients
