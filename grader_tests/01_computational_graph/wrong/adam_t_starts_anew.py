# t begins at 1 again in each epoch.
# loses: train-adam-weights
# says: t starts at 1 again

# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    m, v, t = np.zeros(9), np.zeros(9), 0
    losses = []
    for epoch in range(epochs):
        epoch_losses = []
        for i in range(len(X)):
            t = i + 1
            fp = forward_propagation(X[i], y[i], w)
            g = as_vector(backward_propagation(X[i], w, fp))
            w, m, v = adam_update(w, g, m, v, t, eta)
            epoch_losses.append(fp["L"])
        losses.append(np.mean(epoch_losses))
    return w, losses
