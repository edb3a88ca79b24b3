# Multiplies the two factors of the gradient the other way round.
# loses: backward-theta2 backward-theta1 backward-theta0 backward-layers
# says: shape of theta

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    y_hat = A[-1]
    deltas = [2 / y.size * (y_hat - y) * sigmoid_prime(Z[-1])]
    for step in range(len(theta) - 1, 0, -1):
        arriving = deltas[0] @ theta[step][:, 1:]
        deltas.insert(0, arriving * sigmoid_prime(Z[step - 1]))
    gradients = [A[step].T @ deltas[step] for step in range(len(theta))]
    return deltas, gradients
