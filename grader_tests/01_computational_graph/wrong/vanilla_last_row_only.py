# The update is one level too far to the left: only the last row of an epoch moves the weights.
# loses: train-vanilla-weights
# says: only the last row

# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = []
    for epoch in range(epochs):
        epoch_losses = []
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            g = as_vector(backward_propagation(X[i], w, fp))
            epoch_losses.append(fp["L"])
        w = vanilla_update(w, g, eta)
        losses.append(np.mean(epoch_losses))
    return w, losses
