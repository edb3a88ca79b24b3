# Uses 0.1 whatever eta is.
# loses: update-step
# says: eta is fixed

# %% solution="update"
def update_parameters(theta, gradients, eta):
    return [theta[step] - 0.1 * gradients[step] for step in range(len(theta))]
