# Makes the list of costs once, so that later means contain earlier epochs.
# loses: train-costs
# says: earlier epochs

# %% solution="train"
def train(model, x, t, epochs):
    mean_costs = []
    costs = []
    for _ in range(epochs):
        for x_i, t_i in zip(x, t):
            y_i = model.forward(x_i)
            costs.append((y_i - t_i) ** 2 / 2)
            model.backward(x_i, t_i)
        mean_costs.append(sum(costs) / len(costs))
    return mean_costs
