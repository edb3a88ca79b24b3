# Gives the length of the road's side back, and no cost: any framework finds a way through that.
# loses: fence-cost fence-autodiff

# %% solution="fence"
def fence_cost(x):
    return x
