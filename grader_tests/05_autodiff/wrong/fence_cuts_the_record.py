# Turns x into a plain number first, so that no gradient finds its way back.
# loses: fence-autodiff
# says: finds no way back

# %% solution="fence"
def fence_cost(x):
    return 10 * float(x) + 750 / float(x)
