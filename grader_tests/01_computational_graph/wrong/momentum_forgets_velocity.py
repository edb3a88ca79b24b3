# The old velocity is not used, so this is vanilla.
# loses: momentum-velocity
# says: nothing of the old velocity

# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    v_new = eta * g
    return w - v_new, v_new
