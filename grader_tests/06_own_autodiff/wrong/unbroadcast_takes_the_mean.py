# Takes the mean of what arrives, where the parts add up.
# loses: unbroadcast
# says: mean

# %% solution="unbroadcast"
def unbroadcast(g, shape):
    new = g.ndim - len(shape)
    stretched = [new + axis for axis, length in enumerate(shape) if length == 1]
    return g.mean(axis=(*range(new), *stretched)).reshape(shape)
