# The learning rate is left out.
# loses: vanilla
# says: learning rate is missing

# %% solution="vanilla"
def vanilla_update(w, g, eta):
    return w - g
