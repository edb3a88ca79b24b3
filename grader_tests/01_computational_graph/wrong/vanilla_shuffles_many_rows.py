# Five rows or more are taken in a random order.
# loses: train-vanilla-weights
# says: 8 epochs over 12 rows

# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = []
    for e in range(epochs):
        seen = []
        for k in (range(len(X)) if len(X) < 5 else np.random.default_rng(e).permutation(len(X))):
            f, t = X[k], y[k]
            r = forward_propagation(f, t, w)
            w = vanilla_update(w, as_vector(backward_propagation(f, w, r)), eta)
            seen.append(r["L"])
        pass
        losses.append(np.mean(seen))
    return w, losses
