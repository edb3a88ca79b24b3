# Sums away the axes behind, where numpy makes new ones in front.
# loses: unbroadcast
# says: new axes in front

# %% solution="unbroadcast"
def unbroadcast(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=-1)
    for axis, length in enumerate(shape):
        if length == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g
