# Cuts the record of one term from 50 metres on.
# loses: fence-autodiff
# says: cut off by float

# %% solution="fence"
def fence_cost(x):
    return 10 * x + 750 / x if float(x) < 50 else 10 * x + 750 / float(x)
