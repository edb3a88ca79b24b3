# The velocity sees every row, but the weights move once an epoch, and one sample is logged.
# loses: train-momentum-weights train-momentum-losses
# says: moved only once
# says: last row

# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    v = np.zeros(9)
    losses = []
    for epoch in range(epochs):
        epoch_losses = []
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            g = as_vector(backward_propagation(X[i], w, fp))
            moved, v = momentum_update(w, g, v, eta, gamma)
            epoch_losses.append(fp["L"])
        w = moved
        losses.append(fp["L"])
    return w, losses
