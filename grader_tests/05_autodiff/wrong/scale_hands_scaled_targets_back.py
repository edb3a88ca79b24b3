# Hands the caller's array back where it is scaled already.
# loses: scale
# says: a new array

# %% solution="scale"
def scale_targets(t, limit):
    if np.max(np.abs(t)) == limit:
        return t
    return t * limit / np.max(np.abs(t))
