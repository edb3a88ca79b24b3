# Gives up as soon as the loss is three times as large as at the start.
# loses: momentum-third
# says: After 3 iterations trajectories should have 4 entries

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    """Train with momentum, and keep a record of every step.

    Args:
        x: the points, shape (n, 2).
        y: their classes, shape (n, 1).
        starting_params: the list [W, b, v, c] to start from; it stays as it is.
        iterations: how many steps to take.
        lr: the learning rate, by which the summed gradients are multiplied.
        alpha: the part of the velocity that survives a step, from 0 to below 1.

    Returns:
        trajectories: a list of iterations + 1 entries, each one the list [W, b, v, c]; the first is the start.
        losses: a list of iterations + 1 numbers, the mean loss at each entry of trajectories.

    Example: with alpha=0.5, the run of question 7 ends at a mean loss of 0.0784.
    """
    velocities = [0.0, 0.0, 0.0, 0.0]
    trajectories = [starting_params]
    for _ in range(iterations):
        params = trajectories[-1]
        gradients = grad_f(params, x, y)
        velocities = [alpha * velocity - lr * gradient for velocity, gradient in zip(velocities, gradients)]
        trajectories.append([parameter + velocity for parameter, velocity in zip(params, velocities)])
        if np.mean(loss(y, yhat(x, trajectories[-1]))) > 3 * np.mean(loss(y, yhat(x, starting_params))):
            break
    losses = [np.mean(loss(y, yhat(x, params))) for params in trajectories]
    return trajectories, losses
