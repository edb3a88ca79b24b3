# Pays 1 coin a metre along the road and 10 along the other side.
# loses: fence-cost
# says: changed places

# %% solution="fence"
def fence_cost(x):
    return x + 10 * 750 / x
