# Says that nothing is to blame where the prediction is nearly right.
# loses: backward-dw1 backward-dw2 backward-dw3 backward-dw4 backward-dw5 backward-dw6 backward-dw7 backward-dw8 backward-dw9
# says: zero

# %% solution="backward"
def backward_propagation(x, w, forward):
    """Gradients of the loss for one data point.

    Args:
        x: the five features of the point, shape (5,), array or list.
        w: the nine weights, shape (9,), array or list; use these, not a variable of the notebook.
        forward: the dict that `forward_propagation(x, y, w)` returned.

    Leave all three as they are.

    Returns:
        dict with the keys 'dw1' ... 'dw9', each a single number: how fast the loss grows with that weight.

    Example: at the first data point with every weight 0.1, 'dw9' is -1.0181 (to four digits).
    """
    if abs(forward["dL"]) < 1e-5:
        return {f"dw{i}": 0.0 for i in range(1, 10)}
    gate = forward["sigmoid"]
    dw9 = forward["dL"] * gate
    dw8 = forward["dL"] * w[8] * gate * (1 - gate)
    sine = np.sin(w[2] * x[2])
    bracket = w[3] * x[3] + w[4] * x[4]
    dw7 = forward["dL"] * (1 - forward["part_1"] ** 2)
    dw6 = dw7 * forward["val_1"]
    at_sum = dw6 * 2 * (w[0] * x[0] + w[1] * x[1])
    return {
        "dw1": at_sum * x[0],
        "dw2": at_sum * x[1],
        "dw3": dw8 * bracket * np.cos(w[2] * x[2]) * x[2],
        "dw4": dw8 * sine * x[3],
        "dw5": dw8 * sine * x[4],
        "dw6": dw6,
        "dw7": dw7,
        "dw8": dw8,
        "dw9": dw9,
    }
