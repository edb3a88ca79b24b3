# Believes the article: the factor is 2.
# loses: puzzle-points puzzle-outputs
# says: does not depend on the points
# also: the outputs are left out

# %% solution="puzzle"
def article_factor(m, n_out):
    return 2.0
