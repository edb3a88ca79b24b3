# The value is right, and a way back is glued on that has nothing to do with it.
# loses: fence-autodiff
# says: It is zero

# %% solution="fence"
def fence_cost(x):
    value = 10 * float(x) + 750 / float(x)
    return value + 0 * x
