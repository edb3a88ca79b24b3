# Changes the caller's arrays.
# loses: update-copy
# says: changed theta

# %% solution="update"
def update_parameters(theta, gradients, eta):
    for step in range(len(theta)):
        theta[step] -= eta * gradients[step]
    return theta
