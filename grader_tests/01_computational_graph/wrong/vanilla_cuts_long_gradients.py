# A gradient is cut off at 200.
# loses: vanilla
# says: very large weights

# %% solution="vanilla"
def vanilla_update(w, g, eta):
    return w - eta * np.clip(g, -200, 200)
