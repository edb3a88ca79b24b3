# Has the two rulers under each other's names.
# loses: slopes-one-sided slopes-centred
# says: this is the centred one
# says: this is the one-sided one

# %% solution="slopes"
def one_sided(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def centred(f, x, h):
    return (f(x + h) - f(x)) / h
