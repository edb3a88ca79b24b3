# Also updates the weights, as the article's function does, once everything is computed.
# loses: backward-unchanged
# says: changed theta

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    y_hat = A[-1]
    deltas = [2 / y.size * (y_hat - y) * sigmoid_prime(Z[-1])]
    for step in range(len(theta) - 1, 0, -1):
        arriving = deltas[0] @ theta[step][:, 1:]
        deltas.insert(0, arriving * sigmoid_prime(Z[step - 1]))
    gradients = [deltas[step].T @ A[step] for step in range(len(theta))]
    for step in range(len(theta)):
        theta[step] -= 0.1 * gradients[step]
    return deltas, gradients
