# From the fifth epoch on the learning rate shrinks.
# loses: train-vanilla-weights
# says: 8 epochs over 12 rows

# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = []
    for e in range(epochs):
        seen = []
        for f, t in zip(X, y):
            r = forward_propagation(f, t, w)
            w = vanilla_update(w, as_vector(backward_propagation(f, w, r)), eta)
            seen.append(r["L"])
        eta = eta * 0.9 if e > 3 else eta
        losses.append(np.mean(seen))
    return w, losses
