# Swaps two rows with a tuple assignment, which writes through one window before it has read the other.
# loses: symmetry-rows
# says: overwritten

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    swapped = [matrix.copy() for matrix in theta]
    matrix = swapped[layer]
    matrix[i], matrix[j] = matrix[j], matrix[i]
    swapped[layer + 1][:, [i + 1, j + 1]] = theta[layer + 1][:, [j + 1, i + 1]]
    return swapped
