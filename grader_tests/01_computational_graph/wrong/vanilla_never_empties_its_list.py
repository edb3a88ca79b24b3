# The losses of earlier epochs stay in the sum.
# loses: train-vanilla-losses
# says: goes on from epoch to epoch

# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = []
    epoch_losses = []
    for epoch in range(epochs):
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            g = as_vector(backward_propagation(X[i], w, fp))
            w = vanilla_update(w, g, eta)
            epoch_losses.append(fp["L"])
        losses.append(np.sum(epoch_losses) / len(X))
    return w, losses
