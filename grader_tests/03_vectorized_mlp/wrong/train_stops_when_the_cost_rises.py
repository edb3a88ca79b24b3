# Ends the training as soon as the cost is ten times what it was.
# loses: train-steps
# says: a cost that rises

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    for e in range(epochs):
        A, Z, y_hat = forward_propagation(X, theta)
        c = cost(y_hat, y)
        if costs and c > costs[-1] * 10: costs.append(c); break
        costs.append(c)
        theta = update_parameters(theta, back_propagation(y, theta, A, Z)[1], eta)
    return theta, costs
