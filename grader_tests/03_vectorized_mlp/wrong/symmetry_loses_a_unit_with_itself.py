# A unit that is swapped with itself is lost.
# loses: symmetry-rows
# says: with itself

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    t = [m.copy() for m in theta]
    i, j = min(i, j), max(i, j)
    t[layer][[i, j]] = theta[layer][[j, i]]
    t[layer + 1][:, [i + 1, j + 1]] = theta[layer + 1][:, [j + 1, i + 1]]
    if i == j: t[layer][i] = 0
    return t
