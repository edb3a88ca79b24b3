# The velocity that comes back is thrown away.
# loses: train-momentum-weights
# says: forgotten from row to row

# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    v = np.zeros(9)
    losses = []
    for epoch in range(epochs):
        epoch_losses = []
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            g = as_vector(backward_propagation(X[i], w, fp))
            w, _ = momentum_update(w, g, v, eta, gamma)
            epoch_losses.append(fp["L"])
        losses.append(np.mean(epoch_losses))
    return w, losses
