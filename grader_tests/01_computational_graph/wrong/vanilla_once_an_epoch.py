# The gradients of an epoch are averaged, and the weights move once at its end.
# loses: train-vanilla-weights
# says: waited for the end

# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = []
    for epoch in range(epochs):
        epoch_losses, g = [], 0
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            g = g + as_vector(backward_propagation(X[i], w, fp))
            epoch_losses.append(fp["L"])
        w = vanilla_update(w, g / len(X), eta)
        losses.append(np.mean(epoch_losses))
    return w, losses
