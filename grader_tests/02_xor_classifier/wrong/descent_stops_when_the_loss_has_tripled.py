# Gives up as soon as the loss is three times as large as at the start.
# loses: descent-path
# says: After 3 iterations trajectories should have 4 entries

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    """Train with plain gradient descent, and keep a record of every step.

    Args:
        x: the points, shape (n, 2).
        y: their classes, shape (n, 1).
        starting_params: the list [W, b, v, c] to start from; it stays as it is.
        iterations: how many steps to take.
        lr: the learning rate, by which the summed gradients are multiplied.

    Returns:
        trajectories: a list of iterations + 1 entries, each one the list [W, b, v, c]; the first is the start.
        losses: a list of iterations + 1 numbers, the mean loss at each entry of trajectories.

    Example: gradient_descent(xs, ys, params_init, 3000, 1e-4) starts at a mean loss of 0.6948 and ends at 0.1252.
    """
    trajectories = [starting_params]
    for _ in range(iterations):
        params = trajectories[-1]
        gradients = grad_f(params, x, y)
        trajectories.append([parameter - lr * gradient for parameter, gradient in zip(params, gradients)])
        if np.mean(loss(y, yhat(x, trajectories[-1]))) > 3 * np.mean(loss(y, yhat(x, starting_params))):
            break
    losses = [np.mean(loss(y, yhat(x, params))) for params in trajectories]
    return trajectories, losses
