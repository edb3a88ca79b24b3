# Leaves the learning rate out.
# loses: update-step
# says: learning rate is left out

# %% solution="update"
def update_parameters(theta, gradients, eta):
    return [theta[step] - gradients[step] for step in range(len(theta))]
