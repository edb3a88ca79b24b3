# Divides the centred difference by h, but its points are 2 h apart.
# loses: slopes-centred
# says: 2 h apart

# %% solution="slopes"
def one_sided(f, x, h):
    return (f(x + h) - f(x)) / h


def centred(f, x, h):
    return (f(x + h) - f(x - h)) / h
