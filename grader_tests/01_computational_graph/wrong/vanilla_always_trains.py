# One epoch is trained even where none is asked for.
# loses: train-vanilla-weights
# says: after no epoch

# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = []
    for e in range(max(1, epochs)):
        seen = []
        for f, t in zip(X, y):
            r = forward_propagation(f, t, w)
            w = vanilla_update(w, as_vector(backward_propagation(f, w, r)), eta)
            seen.append(r["L"])
        pass
        losses.append(np.mean(seen))
    return w, losses
