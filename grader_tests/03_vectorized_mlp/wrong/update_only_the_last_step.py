# Moves the weights of the last layer only.
# loses: update-step update-copy
# says: nothing moved

# %% solution="update"
def update_parameters(theta, gradients, eta):
    return [*theta[:-1], theta[-1] - eta * gradients[-1]]
