# Measures from the point to its left neighbour.
# loses: slopes-one-sided
# says: to the left

# %% solution="slopes"
def one_sided(f, x, h):
    return (f(x) - f(x - h)) / h


def centred(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)
