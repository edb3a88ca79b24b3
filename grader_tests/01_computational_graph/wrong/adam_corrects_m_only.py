# Only the mean of the gradient is corrected.
# loses: adam-weights adam-correction adam-eps
# says: v is not corrected
# also: m is corrected, v is not

# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v
    return w - eta * m_hat / np.sqrt(v_hat + eps), m, v
