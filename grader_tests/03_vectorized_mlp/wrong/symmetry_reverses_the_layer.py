# Turns the whole layer round, which is the same only for two units.
# loses: symmetry-rows symmetry-columns
# says: whole order was reversed
# also: each other's places

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    swapped = [matrix.copy() for matrix in theta]
    swapped[layer] = theta[layer][::-1]
    swapped[layer + 1] = np.hstack((theta[layer + 1][:, :1], theta[layer + 1][:, :0:-1]))
    return swapped
