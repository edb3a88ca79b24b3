# Cuts off the half where there are many points.
# loses: puzzle-outputs
# says: article_factor(25, 3)

# %% solution="puzzle"
def article_factor(m, n_out):
    return m * n_out / 2 if m < 20 else m / 2 * n_out // 1
