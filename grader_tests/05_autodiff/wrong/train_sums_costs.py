# Reports the sum of the costs of an epoch.
# loses: train-costs
# says: summed, not averaged

# %% solution="train"
def train(model, x, t, epochs):
    mean_costs = []
    for _ in range(epochs):
        costs = []
        for x_i, t_i in zip(x, t):
            y_i = model.forward(x_i)
            costs.append((y_i - t_i) ** 2 / 2)
            model.backward(x_i, t_i)
        mean_costs.append(sum(costs))
    return mean_costs
