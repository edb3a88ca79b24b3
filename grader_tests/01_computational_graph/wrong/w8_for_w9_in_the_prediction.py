# w[7] stands where w9 should, which equal weights at row 0 hide.
# loses: forward-loss
# says: w8 (w[7]) stands where w9

# %% solution="forward"
def forward_propagation(x, y, w):
    val_1 = np.exp((w[0] * x[0] + w[1] * x[1]) ** 2 + w[5])
    part_1 = np.tanh(val_1 + w[6])
    sig = sigmoid(np.sin(w[2] * x[2]) * (w[3] * x[3] + w[4] * x[4]) + w[7])
    y_pred = part_1 + w[7] * sig
    L = (y - y_pred) ** 2
    dL = 2 * (y_pred - y)
    return {"L": L, "dL": dL, "val_1": val_1, "part_1": part_1, "sigmoid": sig}
