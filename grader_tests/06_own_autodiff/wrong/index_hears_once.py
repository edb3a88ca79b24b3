# Adds with +=, which counts an entry that was picked twice only once.
# loses: index
# says: only once

# %% solution="index"
def index_vjp(g, x, index):
    back = np.zeros_like(x)
    back[index] += g
    return back
