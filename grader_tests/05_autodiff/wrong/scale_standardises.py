# Subtracts the mean and divides by the standard deviation.
# loses: scale
# says: standardised

# %% solution="scale"
def scale_targets(t, limit):
    return (t - t.mean()) / t.std()
