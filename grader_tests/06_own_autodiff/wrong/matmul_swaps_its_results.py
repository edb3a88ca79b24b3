# Returns what goes to b first.
# loses: matmul
# says: comes back to a stands first
# never: transposed

# %% solution="matmul"
def matmul_vjp(g, a, b):
    return a.T @ g, g @ b.T
