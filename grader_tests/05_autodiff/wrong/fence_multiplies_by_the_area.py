# Takes 750 times x for the other side.
# loses: fence-cost
# says: 750 divided by x

# %% solution="fence"
def fence_cost(x):
    return 10 * x + 750 * x
