# Returns what back_propagation says, so the check compares it with itself.
# loses: numerical-value numerical-layers
# says: the one that it judges

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    A, Z, _ = forward_propagation(X, theta)
    return back_propagation(y, theta, A, Z)[1]
