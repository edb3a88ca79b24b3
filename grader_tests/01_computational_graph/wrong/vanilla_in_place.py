# The update writes into the array of the caller.
# loses: vanilla-unchanged
# says: changes the caller's array

# %% solution="vanilla"
def vanilla_update(w, g, eta):
    w -= eta * g
    return w
