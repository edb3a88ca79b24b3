# Returns the change and not the changed weights.
# loses: update-step
# says: change, not the changed

# %% solution="update"
def update_parameters(theta, gradients, eta):
    return [-eta * gradient for gradient in gradients]
