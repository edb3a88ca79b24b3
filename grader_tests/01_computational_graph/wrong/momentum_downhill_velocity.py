# The velocity points downhill and is added.
# loses: momentum-velocity momentum-weights
# says: points downhill
# says: velocity is added

# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    v_new = gamma * v - eta * g
    return w + v_new, v_new
