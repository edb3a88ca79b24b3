# Looks for the largest among the first 100.
# loses: scale
# says: all of `t`
# also: one and the same factor

# %% solution="scale"
def scale_targets(t, limit):
    return t * limit / np.max(np.abs(t[:100]))
