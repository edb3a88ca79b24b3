# eta is in the velocity and in the step.
# loses: momentum-weights
# says: used twice

# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    v_new = gamma * v + eta * g
    return w - eta * v_new, v_new
