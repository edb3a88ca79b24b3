# Cuts off the half of an odd number with //.
# loses: puzzle-points puzzle-outputs
# says: half a point

# %% solution="puzzle"
def article_factor(m, n_out):
    return m * n_out // 2
