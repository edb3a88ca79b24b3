# Updates after each point and not after a pass over all of them.
# loses: train-costs train-steps
# says: move after each point
# never: first round

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    for _ in range(epochs):
        costs.append(cost(forward_propagation(X, theta)[2], y))
        for p in range(len(X)):
            A, Z, _ = forward_propagation(X[p : p + 1], theta)
            theta = update_parameters(theta, back_propagation(y[p : p + 1], theta, A, Z)[1], eta)
    return theta, costs
