# Where nothing changes the velocity the old array is handed back.
# loses: momentum-unchanged
# says: hands back an array

# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    if eta == 0 and gamma == 1: return w - v, v
    v = gamma * v + eta * g
    return w - v, v
