# m and v are set to zero at the start of each epoch.
# loses: train-adam-weights
# says: m and v start at zero

# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    m, v, t = np.zeros(9), np.zeros(9), 0
    losses = []
    for epoch in range(epochs):
        epoch_losses, m, v = [], np.zeros(9), np.zeros(9)
        for i in range(len(X)):
            t += 1
            fp = forward_propagation(X[i], y[i], w)
            g = as_vector(backward_propagation(X[i], w, fp))
            w, m, v = adam_update(w, g, m, v, t, eta)
            epoch_losses.append(fp["L"])
        losses.append(np.mean(epoch_losses))
    return w, losses
