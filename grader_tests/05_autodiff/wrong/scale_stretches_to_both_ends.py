# Maps the smallest target to minus limit and the largest to limit, and so moves zero.
# loses: scale
# says: zero should stay zero

# %% solution="scale"
def scale_targets(t, limit):
    return limit * (2 * (t - t.min()) / (t.max() - t.min()) - 1)
