# The gradient takes the place of its mean in the step.
# loses: adam-correction
# says: gradient moved the weights

# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = g
    v_hat = v / (1 - beta2**t)
    return w - eta * m_hat / np.sqrt(v_hat + eps), m, v
