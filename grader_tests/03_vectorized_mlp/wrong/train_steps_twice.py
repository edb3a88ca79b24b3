# Updates once inside the gradient line and once more after it.
# loses: train-costs train-steps
# says: two steps were taken
# never: first round

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    for _ in range(epochs):
        A, Z, y_hat = forward_propagation(X, theta)
        costs.append(cost(y_hat, y))
        gradients = back_propagation(y, theta, A, Z)[1]
        theta = update_parameters(theta, gradients, eta)
        theta = update_parameters(theta, gradients, eta)
    return theta, costs
