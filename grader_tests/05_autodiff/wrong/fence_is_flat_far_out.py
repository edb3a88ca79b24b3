# Takes the other side for a constant from 100 metres on.
# loses: fence-cost
# says: x in both terms

# %% solution="fence"
def fence_cost(x):
    return 10 * x + 750 / x if x < 100 else 10 * x + 7.5
