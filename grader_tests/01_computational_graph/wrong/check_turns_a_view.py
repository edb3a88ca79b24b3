# A slice of an array is the same array: up and down cancel, and every measured slope is 0.
# loses: gradient-check-right gradient-check-slip gradient-check-ratio gradient-check-eps gradient-check-unchanged gradient-check-yours
# says: `w.copy()` is another
# also: nothing moves while you measure

# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    gradients = backward_propagation(x, w, forward_propagation(x, y, w))
    told = np.array([gradients[f"dw{number}"] for number in range(1, 10)])
    seen = np.zeros(9)
    for number in range(9):
        high, low = w[:], w[:]
        high[number] += eps
        low[number] -= eps
        seen[number] = (forward_propagation(x, y, high)["L"] - forward_propagation(x, y, low)["L"]) / (2 * eps)
    return np.linalg.norm(told - seen) / (np.linalg.norm(told) + np.linalg.norm(seen))
