# Returns the weights and forgets the costs.
# loses: train-costs train-steps
# says: return 2 things

# %% solution="train"
def train(X, y, theta, eta, epochs):
    costs = []
    for _ in range(epochs):
        A, Z, _ = forward_propagation(X, theta)
        theta = update_parameters(theta, back_propagation(y, theta, A, Z)[1], eta)
    return theta
