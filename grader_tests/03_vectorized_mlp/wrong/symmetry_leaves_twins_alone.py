# Units that receive the same are left as they are, although they may send on something else.
# loses: symmetry-columns
# says: receive the same
# also: look at the order

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    t = [m.copy() for m in theta]
    if np.allclose(t[layer][i], t[layer][j]): return t
    t[layer][[i, j]] = theta[layer][[j, i]]
    t[layer + 1][:, [i + 1, j + 1]] = theta[layer + 1][:, [j + 1, i + 1]]
    return t
