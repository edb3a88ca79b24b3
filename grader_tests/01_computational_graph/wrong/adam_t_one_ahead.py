# The correction uses t + 1: it counts the steps from 0, although t already counts from 1.
# loses: adam-weights adam-correction adam-eps
# says: one too high

# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1 ** (t + 1))
    v_hat = v / (1 - beta2 ** (t + 1))
    return w - eta * m_hat / np.sqrt(v_hat + eps), m, v
