# Momentum and Adam give up as soon as the loss is a hundred times as large as at first.
# loses: train-momentum-weights train-adam-weights
# says: Every row makes its update, in every epoch

# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    velocity = np.zeros(9)
    losses = []
    for _ in range(epochs):
        seen = []
        for features, target in zip(X, y):
            forward = forward_propagation(features, target, w)
            gradient = as_vector(backward_propagation(features, w, forward))
            w, velocity = momentum_update(w, gradient, velocity, eta, gamma)
            seen.append(forward["L"])
        losses.append(np.mean(seen))
        if losses[-1] > 100 * losses[0]:
            break
    return w, losses


# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    mean, square, t = np.zeros(9), np.zeros(9), 0
    losses = []
    for _ in range(epochs):
        seen = []
        for features, target in zip(X, y):
            forward = forward_propagation(features, target, w)
            gradient = as_vector(backward_propagation(features, w, forward))
            t += 1
            w, mean, square = adam_update(w, gradient, mean, square, t, eta)
            seen.append(forward["L"])
        losses.append(np.mean(seen))
        if losses[-1] > 100 * losses[0]:
            break
    return w, losses
