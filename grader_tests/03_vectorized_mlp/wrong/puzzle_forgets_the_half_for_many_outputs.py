# Leaves out the 2 where there are five outputs or more.
# loses: puzzle-outputs
# says: article_factor(4, 7)
# also: twice what it should be

# %% solution="puzzle"
def article_factor(m, n_out):
    return m * n_out / 2 if n_out < 5 else m * n_out
