# Forgets that column 0 belongs to the constant 1.
# loses: symmetry-columns
# says: counted without the biases

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    swapped = [matrix.copy() for matrix in theta]
    swapped[layer][[i, j]] = theta[layer][[j, i]]
    swapped[layer + 1][:, [i, j]] = theta[layer + 1][:, [j, i]]
    return swapped
