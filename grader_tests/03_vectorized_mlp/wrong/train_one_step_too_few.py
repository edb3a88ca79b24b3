# Starts counting at 1 and takes one step too few.
# loses: train-costs train-steps
# says: 3 numbers
# also: no step was taken

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    for _ in range(1, epochs):
        A, Z, y_hat = forward_propagation(X, theta)
        costs.append(cost(y_hat, y))
        theta = update_parameters(theta, back_propagation(y, theta, A, Z)[1], eta)
    return theta, costs
