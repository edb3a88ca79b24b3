# Computes the error in place, in the array of the prediction.
# loses: backward-unchanged
# says: changed a

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    y_hat = A[-1]
    y_hat -= y
    deltas = [2 / y.size * y_hat * sigmoid_prime(Z[-1])]
    for step in range(len(theta) - 1, 0, -1):
        arriving = deltas[0] @ theta[step][:, 1:]
        deltas.insert(0, arriving * sigmoid_prime(Z[step - 1]))
    gradients = [deltas[step].T @ A[step] for step in range(len(theta))]
    return deltas, gradients
