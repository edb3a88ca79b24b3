# Backward fills its dict from dw9 down, and the check reads the values in the order in which they come.
# loses: gradient-check-yours
# says: by their names

# %% solution="backward"
def backward_propagation(x, w, forward):
    dL, val_1, part_1, sig = (forward[key] for key in ("dL", "val_1", "part_1", "sigmoid"))
    total = w[0] * x[0] + w[1] * x[1]
    bracket = w[3] * x[3] + w[4] * x[4]
    dw9 = dL * sig
    dw8 = dL * w[8] * sig * (1 - sig)
    dw7 = dL * (1 - part_1**2)
    dw6 = dw7 * val_1
    dw5 = dw8 * np.sin(w[2] * x[2]) * x[4]
    dw4 = dw8 * np.sin(w[2] * x[2]) * x[3]
    dw3 = dw8 * bracket * np.cos(w[2] * x[2]) * x[2]
    dw2 = dw6 * 2 * total * x[1]
    dw1 = dw6 * 2 * total * x[0]
    return {
        "dw9": dw9,
        "dw8": dw8,
        "dw7": dw7,
        "dw6": dw6,
        "dw5": dw5,
        "dw4": dw4,
        "dw3": dw3,
        "dw2": dw2,
        "dw1": dw1,
    }


# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    gradients = backward_propagation(x, w, forward_propagation(x, y, w))
    gradients = np.array(list(gradients.values()))
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
