# The weights move with the velocity of the step before.
# loses: momentum-weights
# says: old velocity moved

# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    v_new = gamma * v + eta * g
    return w - v, v_new
