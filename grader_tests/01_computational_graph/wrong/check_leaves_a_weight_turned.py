# The weights of the caller are turned, and the last one is not put back.
# loses: gradient-check-unchanged
# says: put each weight back

# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    gradients = backward_propagation(x, w, forward_propagation(x, y, w))
    gradients = np.array([gradients[f"dw{i}"] for i in range(1, 10)])
    approx = np.zeros(9)
    for i in range(9):
        w[i] += eps
        up = forward_propagation(x, y, w)["L"]
        w[i] -= 2 * eps
        down = forward_propagation(x, y, w)["L"]
        w[i] += eps if i < 8 else 0
        approx[i] = (up - down) / (2 * eps)
    return np.linalg.norm(gradients - approx) / (np.linalg.norm(gradients) + np.linalg.norm(approx))
