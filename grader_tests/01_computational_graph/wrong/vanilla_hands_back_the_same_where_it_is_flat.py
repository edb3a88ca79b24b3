# Where the gradient is 0 the old array is handed back.
# loses: vanilla-unchanged
# says: hands back an array

# %% solution="vanilla"
def vanilla_update(w, g, eta):
    if not np.any(g): return w
    return w - eta * g
