# Only the first nine gradients are used.
# loses: vanilla
# says: could not be broadcast

# %% solution="vanilla"
def vanilla_update(w, g, eta):
    return w.reshape(-1) - eta * g.reshape(-1)[:9]
