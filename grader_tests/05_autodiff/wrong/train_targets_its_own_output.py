# Hands the output of the network to backward, where the target belongs.
# loses: train-costs train-order
# says: gets the output of the network

# %% solution="train"
def train(model, x, t, epochs):
    mean_costs = []
    for _ in range(epochs):
        costs = []
        for x_i, t_i in zip(x, t):
            y_i = model.forward(x_i)
            costs.append((y_i - t_i) ** 2 / 2)
            model.backward(x_i, y_i)
        mean_costs.append(sum(costs) / len(costs))
    return mean_costs
