# Cuts what comes back to a at 100.
# loses: matmul
# says: when much arrives

# %% solution="matmul"
def matmul_vjp(g, a, b):
    return np.clip(g @ b.T, -100, 100), a.T @ g
