# Stops once the mean cost hardly changes, and fills the list up.
# loses: train-order
# says: in each epoch

# %% solution="train"
def train(model, x, t, epochs):
    mean_costs = []
    for _ in range(epochs):
        costs = []
        for x_i, t_i in zip(x, t):
            y_i = model.forward(x_i)
            costs.append((y_i - t_i) ** 2 / 2)
            model.backward(x_i, t_i)
        mean_costs.append(sum(costs) / len(costs))
        if len(mean_costs) > 1 and abs(mean_costs[-1] - mean_costs[-2]) < 1e-6:
            return mean_costs + mean_costs[-1:] * (epochs - len(mean_costs))
    return mean_costs
