# Runs forward on all points, then backward on all, so that every step but the last uses a stale memory.
# loses: train-order train-costs
# says: take turns

# %% solution="train"
def train(model, x, t, epochs):
    mean_costs = []
    for _ in range(epochs):
        costs = []
        for x_i, t_i in zip(x, t):
            costs.append((model.forward(x_i) - t_i) ** 2 / 2)
        for x_i, t_i in zip(x, t):
            model.backward(x_i, t_i)
        mean_costs.append(sum(costs) / len(costs))
    return mean_costs
