# Measures each cost after the step on this point.
# loses: train-costs
# says: after the step

# %% solution="train"
def train(model, x, t, epochs):
    mean_costs = []
    for _ in range(epochs):
        costs = []
        for x_i, t_i in zip(x, t):
            model.forward(x_i)
            model.backward(x_i, t_i)
            costs.append((model.forward(x_i) - t_i) ** 2 / 2)
        mean_costs.append(sum(costs) / len(costs))
    return mean_costs
