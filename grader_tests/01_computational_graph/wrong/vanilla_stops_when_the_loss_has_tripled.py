# Gives up as soon as the loss is three times as large as at first.
# loses: train-vanilla-weights
# says: Every row makes its update, in every epoch

# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = []
    for _ in range(epochs):
        seen = []
        for features, target in zip(X, y):
            forward = forward_propagation(features, target, w)
            w = vanilla_update(w, as_vector(backward_propagation(features, w, forward)), eta)
            seen.append(forward["L"])
        losses.append(np.mean(seen))
        if losses[-1] > 3 * losses[0]:
            break
    return w, losses
