# Takes no step where the target is 0.
# loses: train-order train-costs
# says: each epoch

# %% solution="train"
def train(model, x, t, epochs):
    mean_costs = []
    for _ in range(epochs):
        costs = []
        for x_i, t_i in zip(x, t):
            y_i = model.forward(x_i)
            costs.append((y_i - t_i) ** 2 / 2)
            if t_i:
                model.backward(x_i, t_i)
        mean_costs.append(sum(costs) / len(costs))
    return mean_costs
