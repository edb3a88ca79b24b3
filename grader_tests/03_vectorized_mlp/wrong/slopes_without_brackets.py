# Writes / 2 * h, which divides by 2 and multiplies by h.
# loses: slopes-centred
# says: brackets

# %% solution="slopes"
def one_sided(f, x, h):
    return (f(x + h) - f(x)) / h


def centred(f, x, h):
    return (f(x + h) - f(x - h)) / 2 * h
