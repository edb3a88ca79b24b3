# A step is cut off at 10.
# loses: update-step
# says: large gradients

# %% solution="update"
def update_parameters(theta, gradients, eta):
    return [t - np.clip(eta * g, -10, 10) for t, g in zip(theta, gradients)]
