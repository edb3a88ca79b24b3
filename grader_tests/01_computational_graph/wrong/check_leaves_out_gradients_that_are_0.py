# A gradient that is exactly 0 is taken for one that need not be compared.
# loses: gradient-check-slip
# says: With 0 in the place of

# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    w = np.array(w, dtype=float)
    g = backward_propagation(x, w, forward_propagation(x, y, w))
    c = np.array([g[f"dw{i}"] for i in range(1, 10)])
    m = np.zeros(9)
    for i in range(9):
        e = np.zeros(9); e[i] = eps
        m[i] = (forward_propagation(x, y, w + e)["L"] - forward_propagation(x, y, w - e)["L"]) / (2 * eps)
    k = c != 0; c, m = c[k], m[k]
    return np.linalg.norm(c - m) / (np.linalg.norm(c) + np.linalg.norm(m))
