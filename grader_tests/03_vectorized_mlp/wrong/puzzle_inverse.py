# Gives the true gradient as a fraction of the article's.
# loses: puzzle-points puzzle-outputs
# says: inverse

# %% solution="puzzle"
def article_factor(m, n_out):
    return 2 / (m * n_out)
