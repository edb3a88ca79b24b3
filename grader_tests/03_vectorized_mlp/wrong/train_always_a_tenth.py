# Always learns with a rate of 0.1.
# loses: train-costs train-steps
# says: eta is fixed at 0.1

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    for _ in range(epochs):
        A, Z, y_hat = forward_propagation(X, theta)
        costs.append(cost(y_hat, y))
        theta = update_parameters(theta, back_propagation(y, theta, A, Z)[1], 0.1)
    return theta, costs
