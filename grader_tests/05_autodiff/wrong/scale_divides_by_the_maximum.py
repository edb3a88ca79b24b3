# Divides by the largest target, though the largest in size is negative.
# loses: scale
# says: not by the largest in size

# %% solution="scale"
def scale_targets(t, limit):
    return t * limit / np.max(t)
