# The step follows the gradient, uphill.
# loses: vanilla
# says: uphill

# %% solution="vanilla"
def vanilla_update(w, g, eta):
    return w + eta * g
