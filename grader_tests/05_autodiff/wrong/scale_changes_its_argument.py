# Scales the array of the caller in place.
# loses: scale
# says: changed t

# %% solution="scale"
def scale_targets(t, limit):
    t *= limit / np.max(np.abs(t))
    return t
