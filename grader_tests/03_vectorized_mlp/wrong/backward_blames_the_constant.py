# Keeps the column of the constant 1 in the hidden deltas, as the article does.
# loses: backward-delta1 backward-delta0 backward-theta1 backward-theta0
# says: constant 1

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    delta = 2 / y.size * (A[-1] - y) * sigmoid_prime(Z[-1])
    deltas, gradients = [delta], [delta.T @ A[-2]]
    for step in range(len(theta) - 1, 0, -1):
        slopes = np.hstack((np.ones((len(y), 1)), sigmoid_prime(Z[step - 1])))
        deltas.insert(0, (delta @ theta[step]) * slopes)
        delta = deltas[0][:, 1:]
        gradients.insert(0, delta.T @ A[step - 1])
    return deltas, gradients
