# The loop over epochs is missing; the losses are filled up.
# loses: train-vanilla-weights
# says: one epoch only

# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = []
    for epoch in range(1):
        epoch_losses = []
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            g = as_vector(backward_propagation(X[i], w, fp))
            w = vanilla_update(w, g, eta)
            epoch_losses.append(fp["L"])
        losses.append(np.mean(epoch_losses))
    return w, losses * epochs
