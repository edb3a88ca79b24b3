# Sums away new axes, and forgets those that were stretched from length 1.
# loses: unbroadcast
# says: which did it stretch

# %% solution="unbroadcast"
def unbroadcast(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    return g
