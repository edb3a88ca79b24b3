# The velocity is the running mean of the gradient, and eta multiplies it afterwards: the other form.
# loses: momentum-velocity momentum-weights
# says: other form
# says: used twice

# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    v_new = gamma * v + (1 - gamma) * g
    return w - eta * v_new, v_new
