# Takes the first of what arrives.
# loses: unbroadcast
# says: only the first row

# %% solution="unbroadcast"
def unbroadcast(g, shape):
    while g.ndim > len(shape):
        g = g[0]
    for axis, length in enumerate(shape):
        if length == 1:
            g = np.take(g, [0], axis=axis)
    return g
