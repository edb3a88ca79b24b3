# A gradient is cut off at 5.
# loses: update-step
# says: large gradients

# %% solution="update"
def update_parameters(theta, gradients, eta):
    return [t - eta * np.clip(g, -5, 5) for t, g in zip(theta, gradients)]
