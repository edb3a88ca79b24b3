# Ignores h and always takes a tiny step.
# loses: slopes-one-sided slopes-centred
# says: h is not used

# %% solution="slopes"
def one_sided(f, x, h):
    return (f(x + 1e-7) - f(x)) / 1e-7


def centred(f, x, h):
    return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5
