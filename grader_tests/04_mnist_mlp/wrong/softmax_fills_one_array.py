# Fills one and the same array at each call.
# loses: softmax-value
# says: the same array at each call

# %% solution="softmax"
OUT = {}

def softmax(x):
    powers = np.exp(x - np.max(x))
    out = OUT.setdefault(x.shape, np.zeros(x.shape))
    out[...] = powers / np.sum(powers)
    return out
