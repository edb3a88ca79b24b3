# Returns one cost and not a list of them.
# loses: train-costs
# says: list of 3 numbers

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    for _ in range(epochs):
        A, Z, y_hat = forward_propagation(X, theta)
        costs = cost(y_hat, y)
        theta = update_parameters(theta, back_propagation(y, theta, A, Z)[1], eta)
    return theta, costs
