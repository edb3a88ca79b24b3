# The loop over the weights ends one too early.
# loses: gradient-check-right gradient-check-ratio gradient-check-eps gradient-check-yours
# says: the last weight is not measured

# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    gradients = backward_propagation(x, w, forward_propagation(x, y, w))
    gradients = np.array([gradients[f"dw{i}"] for i in range(1, 10)])
    w = w.copy()
    approx = np.zeros(9)
    for i in range(8):
        w[i] += eps
        up = forward_propagation(x, y, w)["L"]
        w[i] -= 2 * eps
        down = forward_propagation(x, y, w)["L"]
        w[i] += eps
        approx[i] = (up - down) / (2 * eps)
    return np.linalg.norm(gradients - approx) / (np.linalg.norm(gradients) + np.linalg.norm(approx))
