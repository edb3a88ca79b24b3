# Swaps what goes out and forgets what comes in.
# loses: symmetry-rows
# says: nothing was swapped

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    swapped = [matrix.copy() for matrix in theta]
    swapped[layer + 1][:, [i + 1, j + 1]] = theta[layer + 1][:, [j + 1, i + 1]]
    return swapped
