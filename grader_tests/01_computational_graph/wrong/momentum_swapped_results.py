# The velocity is returned first.
# loses: momentum-velocity
# says: each other's places

# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    v_new = gamma * v + eta * g
    return v_new, w - v_new
