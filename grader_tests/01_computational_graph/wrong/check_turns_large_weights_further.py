# Turns a weight above 1 by eps times its own size.
# loses: gradient-check-eps
# says: Every weight turns by eps, however large it is

# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    """Compare the gradients of `backward_propagation` with measured ones.

    Args:
        x: the five features of one data point, shape (5,).
        y: its target, one number.
        w: the nine weights, an array of shape (9,); it comes back as it was.
        eps: how far each weight is turned to either side.

    Calls `forward_propagation(x, y, w)` and `backward_propagation(x, w, forward)`.
    The order of the keys in their dicts is not promised: take 'dw1' ... 'dw9' by name.

    Returns:
        the score, one number from 0 to 1.

    Example: measured (3, 4) against (3, 5) gives 1 / (5 + 5.831) = 0.0923.
    """
    gradients = backward_propagation(x, w, forward_propagation(x, y, w))
    computed = np.array([gradients[f"dw{i}"] for i in range(1, 10)])
    measured = []
    for step in np.diag(eps * np.maximum(1, np.abs(w))):
        above = forward_propagation(x, y, w + step)["L"]
        below = forward_propagation(x, y, w - step)["L"]
        measured.append((above - below) / (2 * step.max()))
    return np.linalg.norm(computed - measured) / (np.linalg.norm(computed) + np.linalg.norm(measured))
