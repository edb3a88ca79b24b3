# Appends from the last layer to the first and forgets to turn the lists round.
# loses: backward-delta2 backward-delta1 backward-delta0 backward-theta2 backward-theta0 backward-layers
# says: begin with the last layer

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    deltas = [2 / y.size * (A[-1] - y) * sigmoid_prime(Z[-1])]
    gradients = [deltas[0].T @ A[-2]]
    for step in range(len(theta) - 1, 0, -1):
        deltas.append(deltas[-1] @ theta[step][:, 1:] * sigmoid_prime(Z[step - 1]))
        gradients.append(deltas[-1].T @ A[step - 1])
    return deltas, gradients
