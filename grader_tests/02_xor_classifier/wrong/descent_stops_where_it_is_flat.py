# Stops as soon as every slope is below a millionth, and returns a shorter journey.
# loses: descent-path
# says: entries

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
        if all(np.all(np.abs(g) < 1e-6) for g in gradients):
            break
        trajectories.append([parameter - lr * gradient for parameter, gradient in zip(params, gradients)])
    losses = [np.mean(loss(y, yhat(x, params))) for params in trajectories]
    return trajectories, losses
