# A score below the limit counts as 0: a tool that rounds hides how right it is.
# loses: gradient-check-ratio
# says: nothing is rounded

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
    for step in eps * np.eye(9):
        above = forward_propagation(x, y, w + step)["L"]
        below = forward_propagation(x, y, w - step)["L"]
        measured.append((above - below) / (2 * eps))
    score = np.linalg.norm(computed - measured) / (np.linalg.norm(computed) + np.linalg.norm(measured))
    return 0.0 if score < 1e-7 else score
