# Compares the sizes of the slopes, so a gradient with all its signs turned looks right.
# loses: gradient-check-slip
# says: every sign turned

# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    gradients = backward_propagation(x, w, forward_propagation(x, y, w))
    told = np.array([abs(gradients[f"dw{number}"]) for number in range(1, 10)])
    seen = np.zeros(9)
    for number, turn in enumerate(np.eye(9) * eps):
        rise = forward_propagation(x, y, w + turn)["L"] - forward_propagation(x, y, w - turn)["L"]
        seen[number] = abs(rise) / (2 * eps)
    return np.linalg.norm(told - seen) / (np.linalg.norm(told) + np.linalg.norm(seen))
