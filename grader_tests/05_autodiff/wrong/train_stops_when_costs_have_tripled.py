# Gives up as soon as an epoch costs three times as much as the first one.
# loses: train-costs
# says: Every epoch is done, whatever it costs

# %% solution="train"
def train(model, x, t, epochs):
    """Train a model point by point, and note how it gets better.

    Args:
        model: a network with the methods `forward(x)` and `backward(x, t)`.
        x: the inputs, a list or array of n numbers.
        t: the targets, a list or array of n numbers.
        epochs: how many times to go through all points.

    Returns:
        A list with one number for each epoch: the mean of the costs of all points, each cost
        noted before the step on that point.

    Example: a new network on the single point x = 0.5, t = 0 gives [0.4033] for one epoch.
    """
    mean_costs = []
    for _ in range(epochs):
        costs = []
        for x_i, t_i in zip(x, t):
            y_i = model.forward(x_i)
            costs.append((y_i - t_i) ** 2 / 2)
            model.backward(x_i, t_i)
        mean_costs.append(sum(costs) / len(costs))
        if mean_costs[-1] > 3 * mean_costs[0]:
            break
    return mean_costs
