# The loss has the factor 1/2 of another course, and its slope has no 2.
# loses: forward-loss forward-dl
# says: no factor 1/2
# says: slope of half a square

# %% solution="forward"
def forward_propagation(x, y, w):
    val_1 = np.exp((w[0] * x[0] + w[1] * x[1]) ** 2 + w[5])
    part_1 = np.tanh(val_1 + w[6])
    sig = sigmoid(np.sin(w[2] * x[2]) * (w[3] * x[3] + w[4] * x[4]) + w[7])
    y_pred = part_1 + w[8] * sig
    L = (y - y_pred) ** 2 / 2
    dL = y_pred - y
    return {"L": L, "dL": dL, "val_1": val_1, "part_1": part_1, "sigmoid": sig}
