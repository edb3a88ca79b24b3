# Ends the training as soon as the loss stays the same.
# loses: train-vanilla-losses train-vanilla-weights
# says: should be 2, but it is 1

# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    history = []
    for _ in range(epochs):
        now = []
        for row, target in zip(X, y):
            passed = forward_propagation(row, target, w)
            now.append(passed["L"])
            w = vanilla_update(w, as_vector(backward_propagation(row, w, passed)), eta)
        if history and np.mean(now) >= history[-1] - 1e-7:
            break
        history.append(np.mean(now))
    return w, history
