# A row whose loss is tiny makes no update.
# loses: train-vanilla-weights
# says: however small its loss is

# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = []
    for _ in range(epochs):
        total = 0.0
        for i in range(len(X)):
            f = forward_propagation(X[i], y[i], w)
            total += f["L"]
            if f["L"] < 1e-6:
                continue
            w = vanilla_update(w, as_vector(backward_propagation(X[i], w, f)), eta)
        losses.append(total / len(X))
    return w, losses
