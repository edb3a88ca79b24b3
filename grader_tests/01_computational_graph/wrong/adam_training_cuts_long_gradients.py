# Gradients are cut off at 50 on their way to the update.
# loses: train-adam-weights
# says: long gradients

# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    m, v, t, losses = np.zeros(9), np.zeros(9), 0, []
    for e in range(epochs):
        s = []
        for f, tt in zip(X, y):
            r = forward_propagation(f, tt, w)
            g = as_vector(backward_propagation(f, w, r))
            t += 1
            g = np.clip(g, -50, 50)
            w, m, v = adam_update(w, g, m, v, t, eta)
            s.append(r["L"])
        losses.append(np.mean(s))
    return w, losses
