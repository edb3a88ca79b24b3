# Calls backward after the loop over the points, once for each epoch.
# loses: train-order train-costs
# says: Every point has its own step

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
    return mean_costs
