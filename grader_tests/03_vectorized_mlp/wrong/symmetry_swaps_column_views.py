# Swaps two columns with a tuple assignment, which writes through one window before it has read the other.
# loses: symmetry-columns
# says: overwritten

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    swapped = [matrix.copy() for matrix in theta]
    swapped[layer][[i, j]] = theta[layer][[j, i]]
    columns = swapped[layer + 1].T
    columns[i + 1], columns[j + 1] = columns[j + 1], columns[i + 1]
    return swapped
