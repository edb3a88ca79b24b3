# From the fourth epoch on the velocity is thrown away.
# loses: train-momentum-weights
# says: in every epoch

# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    v, losses = np.zeros(9), []
    for e in range(epochs):
        s = []
        for f, t in zip(X, y):
            r = forward_propagation(f, t, w)
            g = as_vector(backward_propagation(f, w, r))
            v = v if e < 3 else 0 * v
            w, v = momentum_update(w, g, v, eta, gamma)
            s.append(r["L"])
        losses.append(np.mean(s))
    return w, losses
