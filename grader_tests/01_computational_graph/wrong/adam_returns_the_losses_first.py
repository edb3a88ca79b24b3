# The two results are returned in the other order.
# loses: train-adam-weights train-adam-losses
# says: yours stand in each other's places

# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    m, v, t = np.zeros(9), np.zeros(9), 0
    losses = []
    for epoch in range(epochs):
        epoch_losses = []
        for i in range(len(X)):
            t += 1
            fp = forward_propagation(X[i], y[i], w)
            g = as_vector(backward_propagation(X[i], w, fp))
            w, m, v = adam_update(w, g, m, v, t, eta)
            epoch_losses.append(fp["L"])
        losses.append(np.mean(epoch_losses))
    return losses, w
