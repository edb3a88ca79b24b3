# Averages, but forgets that the square brings down a 2.
# loses: backward-delta2 backward-layers
# says: only the 2 of the square
# also: half of what it should be

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    y_hat = A[-1]
    deltas = [(y_hat - y) * sigmoid_prime(Z[-1]) / y.size]
    for step in range(len(theta) - 1, 0, -1):
        arriving = deltas[0] @ theta[step][:, 1:]
        deltas.insert(0, arriving * sigmoid_prime(Z[step - 1]))
    gradients = [deltas[step].T @ A[step] for step in range(len(theta))]
    return deltas, gradients
