# The loop goes over the data of the notebook, not over the arguments.
# loses: train-vanilla-weights train-vanilla-losses train-vanilla-start
# says: the loop goes over all rows of the notebook

# %% solution="train-vanilla"
def train_vanilla(features, targets, w, epochs, eta):
    losses = []
    for epoch in range(epochs):
        epoch_losses = []
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            g = as_vector(backward_propagation(X[i], w, fp))
            w = vanilla_update(w, g, eta)
            epoch_losses.append(fp["L"])
        losses.append(np.mean(epoch_losses))
    return w, losses
