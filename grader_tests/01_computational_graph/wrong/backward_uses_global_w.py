# The weights come from the notebook variable W, which is right at the visible place only.
# loses: backward-dw8 backward-dw5 backward-dw4 backward-dw3 backward-dw1 backward-dw2
# says: argument `w`

# %% own
W = np.full(9, 0.1)


# %% solution="backward"
def backward_propagation(x, w, forward):
    dL, val_1, part_1, sig = (forward[key] for key in ("dL", "val_1", "part_1", "sigmoid"))
    total = W[0] * x[0] + W[1] * x[1]
    bracket = W[3] * x[3] + W[4] * x[4]
    dw9 = dL * sig
    dw8 = dL * W[8] * sig * (1 - sig)
    dw7 = dL * (1 - part_1**2)
    dw6 = dw7 * val_1
    dw5 = dw8 * np.sin(W[2] * x[2]) * x[4]
    dw4 = dw8 * np.sin(W[2] * x[2]) * x[3]
    dw3 = dw8 * bracket * np.cos(W[2] * x[2]) * x[2]
    dw2 = dw6 * 2 * total * x[1]
    dw1 = dw6 * 2 * total * x[0]
    return {
        "dw1": dw1,
        "dw2": dw2,
        "dw3": dw3,
        "dw4": dw4,
        "dw5": dw5,
        "dw6": dw6,
        "dw7": dw7,
        "dw8": dw8,
        "dw9": dw9,
    }
