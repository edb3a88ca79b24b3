# An eps above 0.05 is replaced by 0.05.
# loses: gradient-check-eps
# says: Is the argument eps used

# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    eps = min(eps, 0.05)
    w = np.array(w, dtype=float)
    g = backward_propagation(x, w, forward_propagation(x, y, w))
    c = np.array([g[f"dw{i}"] for i in range(1, 10)])
    m = np.zeros(9)
    for i in range(9):
        e = np.zeros(9); e[i] = eps
        m[i] = (forward_propagation(x, y, w + e)["L"] - forward_propagation(x, y, w - e)["L"]) / (2 * eps)
    pass
    return np.linalg.norm(c - m) / (np.linalg.norm(c) + np.linalg.norm(m))
