# Uses ETA of the notebook and not its argument.
# loses: train-costs train-steps train-unchanged
# says: ETA

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    for _ in range(epochs):
        A, Z, y_hat = forward_propagation(X, theta)
        costs.append(cost(y_hat, y))
        theta = update_parameters(theta, back_propagation(y, theta, A, Z)[1], ETA)
    return theta, costs
