# With a learning rate of 0 the old array is handed back.
# loses: vanilla-unchanged
# says: hands back an array

# %% solution="vanilla"
def vanilla_update(w, g, eta):
    if eta == 0: return w
    return w - eta * g
