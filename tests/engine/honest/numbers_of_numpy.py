# Numbers of numpy come back, and arrays of none and one dimension.

# %% answer="mean"
def mean(values):
    return np.float32(np.mean(np.asarray(values, dtype=np.float32)))

# %% answer="slope"
def slope(f, x, h=1e-6):
    return np.array((f(x + h) - f(x - h)) / (2 * h))
