# With a learning rate of 0 the old arrays are handed back.
# loses: update-copy
# says: hands back an array

# %% solution="update"
def update_parameters(theta, gradients, eta):
    if eta == 0: return list(theta)
    return [t - eta * g for t, g in zip(theta, gradients)]
