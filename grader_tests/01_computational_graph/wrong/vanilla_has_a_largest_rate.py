# A learning rate above 1 is replaced by 1.
# loses: vanilla
# says: very large weights

# %% solution="vanilla"
def vanilla_update(w, g, eta):
    return w - min(eta, 1.0) * g
