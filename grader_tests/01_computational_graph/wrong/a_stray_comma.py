# A comma too many makes dw2 a tuple of one number.
# loses: backward-dw2
# says: brackets

# %% solution="backward"
def backward_propagation(x, w, forward):
    blame = forward["dL"]
    dw9 = blame * forward["sigmoid"]
    dw8 = blame * w[8] * forward["sigmoid"] * (1 - forward["sigmoid"])
    dw7 = blame * (1 - forward["part_1"] ** 2)
    dw6 = dw7 * forward["val_1"]
    inside = 2 * (w[0] * x[0] + w[1] * x[1])
    sine, bracket = np.sin(w[2] * x[2]), w[3] * x[3] + w[4] * x[4]
    return {
        "dw1": dw6 * inside * x[0],
        "dw2": (dw6 * inside * x[1],),
        "dw3": dw8 * np.cos(w[2] * x[2]) * x[2] * bracket,
        "dw4": dw8 * sine * x[3],
        "dw5": dw8 * sine * x[4],
        "dw6": dw6,
        "dw7": dw7,
        "dw8": dw8,
        "dw9": dw9,
    }
