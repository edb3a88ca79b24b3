# A learning rate above 5 is replaced by 5.
# loses: update-step
# says: a rate above 5

# %% solution="update"
def update_parameters(theta, gradients, eta):
    return [t - min(eta, 5) * g for t, g in zip(theta, gradients)]
