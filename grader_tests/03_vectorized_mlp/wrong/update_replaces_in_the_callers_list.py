# Makes new arrays but puts them into the caller's list.
# loses: update-copy
# says: changed theta

# %% solution="update"
def update_parameters(theta, gradients, eta):
    for step in range(len(theta)):
        theta[step] = theta[step] - eta * gradients[step]
    return theta
