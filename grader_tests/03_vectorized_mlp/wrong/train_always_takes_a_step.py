# Takes a step even where no epoch was asked for.
# loses: train-steps
# says: one step too many

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    while True:
        A, Z, y_hat = forward_propagation(X, theta)
        costs.append(cost(y_hat, y))
        theta = update_parameters(theta, back_propagation(y, theta, A, Z)[1], eta)
        if len(costs) >= epochs:
            return theta, costs
