# Returns the step -eta times the gradient, as the article's del_theta, and not the gradient.
# loses: backward-theta2 backward-theta1 backward-theta0 backward-layers
# says: learning rate

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    y_hat = A[-1]
    deltas = [2 / y.size * (y_hat - y) * sigmoid_prime(Z[-1])]
    for step in range(len(theta) - 1, 0, -1):
        arriving = deltas[0] @ theta[step][:, 1:]
        deltas.insert(0, arriving * sigmoid_prime(Z[step - 1]))
    gradients = [-0.1 * deltas[step].T @ A[step] for step in range(len(theta))]
    return deltas, gradients
