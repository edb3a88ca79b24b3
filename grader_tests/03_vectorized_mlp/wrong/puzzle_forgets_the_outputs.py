# Sees the points but not the outputs.
# loses: puzzle-outputs
# says: outputs are left out

# %% solution="puzzle"
def article_factor(m, n_out):
    return m / 2
