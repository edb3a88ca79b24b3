# Updates each theta in place before the blame has crossed it, with a learning rate of 5.
# loses: backward-delta1 backward-delta0 backward-layers backward-unchanged
# says: changed theta

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    delta = 2 / y.size * (A[-1] - y) * sigmoid_prime(Z[-1])
    deltas, gradients = [delta], []
    for step in range(len(theta) - 1, -1, -1):
        gradients.insert(0, deltas[0].T @ A[step])
        theta[step] -= 5 * gradients[0]
        if step > 0:
            deltas.insert(0, deltas[0] @ theta[step][:, 1:] * sigmoid_prime(Z[step - 1]))
    return deltas, gradients
