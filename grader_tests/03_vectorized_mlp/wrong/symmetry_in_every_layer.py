# Swaps rows i and j in every matrix that has them.
# loses: symmetry-rows
# says: nothing to do with these units
# also: each other's places

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    swapped = [matrix.copy() for matrix in theta]
    for number, matrix in enumerate(theta):
        if number != layer + 1 and max(i, j) < len(matrix):
            swapped[number][[i, j]] = matrix[[j, i]]
    swapped[layer + 1][:, [i + 1, j + 1]] = theta[layer + 1][:, [j + 1, i + 1]]
    return swapped
