# Notes the cost of the new weights, not of those that it started from.
# loses: train-costs
# says: before any step

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    for _ in range(epochs):
        A, Z, _ = forward_propagation(X, theta)
        theta = update_parameters(theta, back_propagation(y, theta, A, Z)[1], eta)
        costs.append(cost(forward_propagation(X, theta)[2], y))
    return theta, costs
