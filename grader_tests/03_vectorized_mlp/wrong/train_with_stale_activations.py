# Runs the forward pass once, so A and Z are those of the start for ever.
# loses: train-costs train-steps
# says: forward pass through the new weights

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    A, Z, _ = forward_propagation(X, theta)
    for _ in range(epochs):
        costs.append(cost(forward_propagation(X, theta)[2], y))
        theta = update_parameters(theta, back_propagation(y, theta, A, Z)[1], eta)
    return theta, costs
