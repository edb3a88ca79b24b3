# Only the first weight is compared.
# loses: gradient-check-right gradient-check-slip gradient-check-ratio
# says: see all nine

# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
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
    gradients, approx = gradients[:1], approx[:1]
    return np.linalg.norm(gradients - approx) / (np.linalg.norm(gradients) + np.linalg.norm(approx))
