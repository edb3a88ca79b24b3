# Swaps the rows without their biases.
# loses: symmetry-rows
# says: biases stayed behind

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    swapped = [matrix.copy() for matrix in theta]
    swapped[layer][[i, j], 1:] = theta[layer][[j, i], 1:]
    swapped[layer + 1][:, [i + 1, j + 1]] = theta[layer + 1][:, [j + 1, i + 1]]
    return swapped
