# The velocity is set to zero at the start of each epoch.
# loses: train-momentum-weights
# says: zero again in each epoch

# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    v = np.zeros(9)
    losses = []
    for epoch in range(epochs):
        epoch_losses, v = [], np.zeros(9)
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            g = as_vector(backward_propagation(X[i], w, fp))
            w, v = momentum_update(w, g, v, eta, gamma)
            epoch_losses.append(fp["L"])
        losses.append(np.mean(epoch_losses))
    return w, losses
