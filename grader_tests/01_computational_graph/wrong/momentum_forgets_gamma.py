# All of the old velocity survives.
# loses: momentum-velocity
# says: gamma is missing

# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    v_new = v + eta * g
    return w - v_new, v_new
