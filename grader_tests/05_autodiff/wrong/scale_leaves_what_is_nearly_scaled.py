# Gives targets back that are within a millionth of the limit.
# loses: scale
# says: all of `t`

# %% solution="scale"
def scale_targets(t, limit):
    if abs(np.max(np.abs(t)) - limit) < 1e-6:
        return t.copy()
    return t * limit / np.max(np.abs(t))
