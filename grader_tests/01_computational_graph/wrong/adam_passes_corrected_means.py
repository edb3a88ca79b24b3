# The corrected means are returned, and are corrected again in the next step.
# loses: adam-m adam-v adam-correction
# says: plain one is passed on
# also: the plain ones are passed on

# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - eta * m_hat / np.sqrt(v_hat + eps), m_hat, v_hat
