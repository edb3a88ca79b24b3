# The weights come from the notebook variable W, which is right at the visible place only.
# loses: forward-val-1 forward-part-1 forward-sigmoid forward-loss
# says: variable of the notebook

# %% own
W = np.full(9, 0.1)


# %% solution="forward"
def forward_propagation(x, y, w):
    val_1 = np.exp((W[0] * x[0] + W[1] * x[1]) ** 2 + W[5])
    part_1 = np.tanh(val_1 + W[6])
    sig = sigmoid(np.sin(W[2] * x[2]) * (W[3] * x[3] + W[4] * x[4]) + W[7])
    y_pred = part_1 + W[8] * sig
    L = (y - y_pred) ** 2
    dL = 2 * (y_pred - y)
    return {"L": L, "dL": dL, "val_1": val_1, "part_1": part_1, "sigmoid": sig}
