# A weight is cut off at 10.
# loses: update-step
# says: after a step with large

# %% solution="update"
def update_parameters(theta, gradients, eta):
    return [np.clip(t - eta * g, -10, 10) for t, g in zip(theta, gradients)]
