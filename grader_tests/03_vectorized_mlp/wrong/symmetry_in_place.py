# Swaps in the caller's own arrays.
# loses: symmetry-unchanged
# says: changed theta

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    theta[layer][[i, j]] = theta[layer][[j, i]]
    theta[layer + 1][:, [i + 1, j + 1]] = theta[layer + 1][:, [j + 1, i + 1]]
    return theta
