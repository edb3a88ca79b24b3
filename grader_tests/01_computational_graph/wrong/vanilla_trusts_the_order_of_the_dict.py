# Backward fills its dict from dw9 down, and the training reads the values in the order in which they come.
# loses: train-vanilla-weights
# says: by their names

# %% solution="backward"
def backward_propagation(x, w, forward):
    dL, val_1, part_1, sig = (forward[key] for key in ("dL", "val_1", "part_1", "sigmoid"))
    total = w[0] * x[0] + w[1] * x[1]
    bracket = w[3] * x[3] + w[4] * x[4]
    dw9 = dL * sig
    dw8 = dL * w[8] * sig * (1 - sig)
    dw7 = dL * (1 - part_1**2)
    dw6 = dw7 * val_1
    dw5 = dw8 * np.sin(w[2] * x[2]) * x[4]
    dw4 = dw8 * np.sin(w[2] * x[2]) * x[3]
    dw3 = dw8 * bracket * np.cos(w[2] * x[2]) * x[2]
    dw2 = dw6 * 2 * total * x[1]
    dw1 = dw6 * 2 * total * x[0]
    return {
        "dw9": dw9,
        "dw8": dw8,
        "dw7": dw7,
        "dw6": dw6,
        "dw5": dw5,
        "dw4": dw4,
        "dw3": dw3,
        "dw2": dw2,
        "dw1": dw1,
    }


# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    losses = []
    for epoch in range(epochs):
        epoch_losses = []
        for i in range(len(X)):
            fp = forward_propagation(X[i], y[i], w)
            g = np.array(list(backward_propagation(X[i], w, fp).values()))
            w = vanilla_update(w, g, eta)
            epoch_losses.append(fp["L"])
        losses.append(np.mean(epoch_losses))
    return w, losses
