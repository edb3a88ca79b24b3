# The losses of an epoch are added up and not divided.
# loses: train-vanilla-losses
# says: added up

# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = []
    for epoch in range(epochs):
        epoch_losses = []
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            g = as_vector(backward_propagation(X[i], w, fp))
            w = vanilla_update(w, g, eta)
            epoch_losses.append(fp["L"])
        losses.append(np.sum(epoch_losses))
    return w, losses
