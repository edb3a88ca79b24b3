# The two betas stand in each other's places in the means.
# loses: adam-m adam-v adam-weights adam-eps
# says: beta2 stands where beta1
# also: beta1 stands where beta2
# also: the two betas stand in each other's places

# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta2 * m + (1 - beta2) * g
    v = beta1 * v + (1 - beta1) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - eta * m_hat / np.sqrt(v_hat + eps), m, v
