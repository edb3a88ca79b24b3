# Takes a mean where b has one column.
# loses: matmul
# says: None of the entries is right

# %% solution="matmul"
def matmul_vjp(g, a, b):
    return (g @ b.T if b.shape[1] > 1 else g * b.mean() * np.ones_like(a)), a.T @ g
