# Stops before the last update: the costs are right, the weights are one step old.
# loses: train-steps
# says: no step was taken

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    for epoch in range(epochs):
        A, Z, y_hat = forward_propagation(X, theta)
        costs.append(cost(y_hat, y))
        if epoch < epochs - 1:
            theta = update_parameters(theta, back_propagation(y, theta, A, Z)[1], eta)
    return theta, costs
