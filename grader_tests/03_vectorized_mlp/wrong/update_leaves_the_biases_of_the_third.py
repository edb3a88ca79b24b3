# The biases of the third matrix stay where they are.
# loses: update-step
# says: three matrices

# %% solution="update"
def update_parameters(theta, gradients, eta):
    out = [t - eta * g for t, g in zip(theta, gradients)]
    if len(out) > 2: out[2][:, 0] = theta[2][:, 0]
    return out
