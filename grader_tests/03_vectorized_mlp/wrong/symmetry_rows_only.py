# Swaps what comes in and forgets what goes out.
# loses: symmetry-columns
# says: outgoing weights were not swapped

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    swapped = [matrix.copy() for matrix in theta]
    swapped[layer][[i, j]] = theta[layer][[j, i]]
    return swapped
