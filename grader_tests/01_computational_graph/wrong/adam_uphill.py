# The step is added.
# loses: adam-weights adam-correction adam-eps
# says: uphill
# also: the sign is the other way round

# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w + eta * m_hat / np.sqrt(v_hat + eps), m, v
