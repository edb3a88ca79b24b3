# Counts the layers from 1 and swaps the wrong units.
# loses: symmetry-rows symmetry-columns symmetry-unchanged
# says: outgoing weights were not swapped
# also: each other's places

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    swapped = [matrix.copy() for matrix in theta]
    swapped[layer - 1][[i, j]] = theta[layer - 1][[j, i]]
    swapped[layer][:, [i + 1, j + 1]] = theta[layer][:, [j + 1, i + 1]]
    return swapped
