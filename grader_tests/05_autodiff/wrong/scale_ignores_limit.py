# Always scales to 1.
# loses: scale
# says: limit is not used

# %% solution="scale"
def scale_targets(t, limit):
    return t / np.max(np.abs(t))
