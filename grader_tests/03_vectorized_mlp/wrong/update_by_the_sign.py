# Takes steps of one length and looks only at the sign of the gradient.
# loses: update-step
# says: only the sign of the gradient counts

# %% solution="update"
def update_parameters(theta, gradients, eta):
    return [theta[step] - eta * np.sign(gradients[step]) for step in range(len(theta))]
