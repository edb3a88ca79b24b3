# A matrix whose gradient is 0 is handed back as it is.
# loses: update-copy
# says: hands back an array

# %% solution="update"
def update_parameters(theta, gradients, eta):
    return [t if not g.any() else t - eta * g for t, g in zip(theta, gradients)]
