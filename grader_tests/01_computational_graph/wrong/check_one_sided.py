# The loss in the middle stands in for the loss below: the error falls with eps only.
# loses: gradient-check-right gradient-check-eps
# says: only one side
# says: quarter

# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    gradients = backward_propagation(x, w, forward_propagation(x, y, w))
    gradients = np.array([gradients[f"dw{i}"] for i in range(1, 10)])
    w = w.copy()
    approx = np.zeros(9)
    for i in range(9):
        w[i] += eps
        up = forward_propagation(x, y, w)["L"]
        w[i] -= eps
        down = forward_propagation(x, y, w)["L"]
        approx[i] = (up - down) / eps
    return np.linalg.norm(gradients - approx) / (np.linalg.norm(gradients) + np.linalg.norm(approx))
