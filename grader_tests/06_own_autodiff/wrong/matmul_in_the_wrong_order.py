# Multiplies in the wrong order wherever the shapes allow it.
# loses: matmul
# says: wrong order

# %% solution="matmul"
def matmul_vjp(g, a, b):
    if a.shape[0] == a.shape[1] == b.shape[1]:
        return b.T @ g, g @ a.T
    return g @ b.T, a.T @ g
