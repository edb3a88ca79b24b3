# A step above one half is replaced by one half.
# loses: slopes-one-sided slopes-centred
# says: 2.0)

# %% solution="slopes"
def one_sided(f, x, h):
    h = min(h, 0.5)
    return (f(x + h) - f(x)) / h
def centred(f, x, h):
    h = min(h, 0.5)
    return (f(x + h) - f(x - h)) / (2 * h)
