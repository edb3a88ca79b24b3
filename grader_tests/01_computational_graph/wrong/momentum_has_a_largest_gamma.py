# A gamma above 0.95 is replaced by 0.95.
# loses: momentum-velocity
# says: nearly all of it kept

# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    v = min(gamma, 0.95) * v + eta * g
    return w - v, v
