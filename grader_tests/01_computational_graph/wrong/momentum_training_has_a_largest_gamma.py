# A gamma above 0.9 is replaced by 0.9.
# loses: train-momentum-weights
# says: long gradients

# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    v, losses = np.zeros(9), []
    for e in range(epochs):
        s = []
        for f, t in zip(X, y):
            r = forward_propagation(f, t, w)
            g = as_vector(backward_propagation(f, w, r))
            gamma = min(gamma, 0.9)
            w, v = momentum_update(w, g, v, eta, gamma)
            s.append(r["L"])
        losses.append(np.mean(s))
    return w, losses
