# All gradients of an epoch are taken at the weights with which it began.
# loses: train-vanilla-weights
# says: before the first update

# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = []
    for epoch in range(epochs):
        epoch_losses, begin = [], w
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], begin)
            g = as_vector(backward_propagation(X[i], begin, fp))
            w = vanilla_update(w, g, eta)
            epoch_losses.append(fp["L"])
        losses.append(np.mean(epoch_losses))
    return w, losses
