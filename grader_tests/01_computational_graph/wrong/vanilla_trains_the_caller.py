# The training writes into the weights that it was given.
# loses: train-vanilla-start
# says: start there, too

# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = []
    for epoch in range(epochs):
        epoch_losses = []
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            g = as_vector(backward_propagation(X[i], w, fp))
            w[:] = vanilla_update(w, g, eta)
            epoch_losses.append(fp["L"])
        losses.append(np.mean(epoch_losses))
    return w, losses
