# The loss of the last row stands for the whole epoch.
# loses: train-vanilla-losses
# says: last row

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
        losses.append(fp["L"])
    return w, losses
