# Forgets the 2 that the square brings down.
# loses: puzzle-points puzzle-outputs
# says: 2 of the square

# %% solution="puzzle"
def article_factor(m, n_out):
    return m * n_out
