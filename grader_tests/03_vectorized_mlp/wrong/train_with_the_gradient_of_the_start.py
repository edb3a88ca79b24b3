# Computes the gradient once and takes every step along it.
# loses: train-costs train-steps
# says: gradient of the start

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    A, Z, _ = forward_propagation(X, theta)
    gradients = back_propagation(y, theta, A, Z)[1]
    for _ in range(epochs):
        costs.append(cost(forward_propagation(X, theta)[2], y))
        theta = update_parameters(theta, gradients, eta)
    return theta, costs
