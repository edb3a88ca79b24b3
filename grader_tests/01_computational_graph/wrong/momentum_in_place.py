# The velocity is updated in the array of the caller.
# loses: momentum-unchanged
# says: v *= ...

# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    v *= gamma
    v += eta * g
    v_new = v
    return w - v_new, v_new
