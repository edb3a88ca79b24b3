# Counts an entry that was picked twice once, where there are three lists.
# loses: index
# says: Only the entry at

# %% solution="index"
def index_vjp(g, x, index):
    back = np.zeros_like(x)
    np.add.at(back, index, g) if not (isinstance(index, tuple) and len(index) > 2) else back.__setitem__(index, g)
    return back
