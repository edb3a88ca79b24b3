# Turns x into a plain number in one of the two terms: the slope is that of the other term.
# loses: fence-autodiff
# says: part is cut off

# %% solution="fence"
def fence_cost(x):
    return 10 * x + 750 / float(x)
