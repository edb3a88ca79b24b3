# Divides the article's gradient by 2, which is right for four points only.
# loses: backward-delta2 backward-layers
# says: fixed at 4
# also: one and the same factor

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    y_hat = A[-1]
    deltas = [(y_hat - y) * sigmoid_prime(Z[-1]) / 2]
    for step in range(len(theta) - 1, 0, -1):
        arriving = deltas[0] @ theta[step][:, 1:]
        deltas.insert(0, arriving * sigmoid_prime(Z[step - 1]))
    gradients = [deltas[step].T @ A[step] for step in range(len(theta))]
    return deltas, gradients
