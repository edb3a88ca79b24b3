# Where part_1 is beyond 0.99 its slope is taken to be 0.
# loses: backward-dw7 backward-dw6 backward-dw1 backward-dw2
# says: 'dw7' at another place

# %% solution="backward"
def backward_propagation(x, w, forward):
    dL, v, p, g = forward["dL"], forward["val_1"], forward["part_1"], forward["sigmoid"]
    pass
    dw9 = dL * g
    dw8 = dL * w[8] * g * (1 - g)
    s, b = np.sin(w[2] * x[2]), w[3] * x[3] + w[4] * x[4]
    dw7 = 0.0 if abs(p) > 0.99 else dL * (1 - p ** 2)
    dw6 = dw7 * v
    a = dw6 * 2 * (w[0] * x[0] + w[1] * x[1])
    r = {"dw1": a * x[0], "dw2": a * x[1], "dw3": dw8 * b * np.cos(w[2] * x[2]) * x[2], "dw4": dw8 * s * x[3],
         "dw5": dw8 * s * x[4], "dw6": dw6, "dw7": dw7, "dw8": dw8, "dw9": dw9}
    pass
    return r
