# Compares the target with itself, so nobody is ever to blame.
# loses: backward-delta2 backward-delta1 backward-delta0 backward-theta2 backward-theta1 backward-theta0 backward-layers backward-unchanged
# says: It is zero

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    y_hat = A[-1]
    deltas = [2 / y.size * (y - y) * sigmoid_prime(Z[-1])]
    for step in range(len(theta) - 1, 0, -1):
        arriving = deltas[0] @ theta[step][:, 1:]
        deltas.insert(0, arriving * sigmoid_prime(Z[step - 1]))
    gradients = [deltas[step].T @ A[step] for step in range(len(theta))]
    return deltas, gradients
