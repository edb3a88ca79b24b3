# The loss of each row is taken after its update.
# loses: train-vanilla-losses
# says: after the update

# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = []
    for epoch in range(epochs):
        epoch_losses = []
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            g = as_vector(backward_propagation(X[i], w, fp))
            w = vanilla_update(w, g, eta)
            epoch_losses.append(forward_propagation(X[i], y[i], w)["L"])
        losses.append(np.mean(epoch_losses))
    return w, losses
