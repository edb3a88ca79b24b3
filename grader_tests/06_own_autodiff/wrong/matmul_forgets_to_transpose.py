# Forgets to transpose where the shapes allow it.
# loses: matmul
# says: b is not transposed

# %% solution="matmul"
def matmul_vjp(g, a, b):
    if a.shape[0] == a.shape[1] == b.shape[1]:
        return g @ b, a @ g
    return g @ b.T, a.T @ g
