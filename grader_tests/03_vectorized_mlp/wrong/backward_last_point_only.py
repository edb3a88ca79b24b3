# Overwrites the gradient in a loop over the points, so only the last one counts.
# loses: backward-theta2 backward-theta1 backward-theta0 backward-layers
# says: only the last point

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    y_hat = A[-1]
    deltas = [2 / y.size * (y_hat - y) * sigmoid_prime(Z[-1])]
    for step in range(len(theta) - 1, 0, -1):
        arriving = deltas[0] @ theta[step][:, 1:]
        deltas.insert(0, arriving * sigmoid_prime(Z[step - 1]))
    gradients = [np.outer(deltas[step][-1], A[step][-1]) for step in range(len(theta))]
    return deltas, gradients
