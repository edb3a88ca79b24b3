# Reports the cost of the last point of each epoch.
# loses: train-costs
# says: only the last point

# %% solution="train"
def train(model, x, t, epochs):
    mean_costs = []
    for _ in range(epochs):
        costs = []
        for x_i, t_i in zip(x, t):
            y_i = model.forward(x_i)
            costs.append((y_i - t_i) ** 2 / 2)
            model.backward(x_i, t_i)
        mean_costs.append(costs[-1])
    return mean_costs
