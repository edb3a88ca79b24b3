# The eps is fixed at 1e-12, because smaller is thought to be better.
# loses: gradient-check-right gradient-check-ratio gradient-check-eps
# says: below 1e-7

# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    eps = 1e-12
    gradients = backward_propagation(x, w, forward_propagation(x, y, w))
    gradients = np.array([gradients[f"dw{i}"] for i in range(1, 10)])
    w = w.copy()
    approx = np.zeros(9)
    for i in range(9):
        w[i] += eps
        up = forward_propagation(x, y, w)["L"]
        w[i] -= 2 * eps
        down = forward_propagation(x, y, w)["L"]
        w[i] += eps
        approx[i] = (up - down) / (2 * eps)
    return np.linalg.norm(gradients - approx) / (np.linalg.norm(gradients) + np.linalg.norm(approx))
