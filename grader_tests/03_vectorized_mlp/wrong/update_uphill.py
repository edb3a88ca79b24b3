# Adds the gradient, so the cost rises.
# loses: update-step
# says: uphill

# %% solution="update"
def update_parameters(theta, gradients, eta):
    return [theta[step] + eta * gradients[step] for step in range(len(theta))]
