# Puts what arrives in the place of what was there.
# loses: index
# says: only once

# %% solution="index"
def index_vjp(g, x, index):
    back = np.zeros_like(x)
    back[index] = g
    return back
