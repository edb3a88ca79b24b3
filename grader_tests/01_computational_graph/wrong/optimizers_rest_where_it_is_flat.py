# Nothing moves where the gradient is exactly 0, although the velocity is not 0.
# loses: momentum-velocity momentum-weights adam-correction
# says: the old velocity is returned

# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    if not np.any(g):
        return w, v
    v = gamma * v + eta * g
    return w - v, v

# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    if np.linalg.norm(g) < 1e-8:
        return w, m, v
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return w - eta * m / (1 - beta1**t) / np.sqrt(v / (1 - beta2**t) + eps), m, v
