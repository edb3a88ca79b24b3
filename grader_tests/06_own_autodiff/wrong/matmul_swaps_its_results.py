# Returns what goes to b first.
# loses: matmul

# %% solution="matmul"
def matmul_vjp(g, a, b):
    return a.T @ g, g @ b.T
