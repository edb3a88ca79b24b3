# Stops as soon as an epoch costs almost nothing.
# loses: train-costs
# says: however small it is

# %% solution="train"
def train(model, x, t, epochs):
    history = []
    for _ in range(epochs):
        total = 0.0
        for place, target in zip(x, t):
            total += (model.forward(place) - target) ** 2 / 2
            model.backward(place, target)
        history.append(total / len(x))
        if history[-1] < 1e-3:
            return history
    return history
