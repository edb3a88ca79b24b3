# Sums stretched axes, and forgets those that are new.
# loses: unbroadcast
# says: for an operand of shape (2,)

# %% solution="unbroadcast"
def unbroadcast(g, shape):
    for axis, length in enumerate(shape):
        if length == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g
