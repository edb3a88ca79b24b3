# The features always come from the first row of X, whatever the argument x is.
# loses: forward-val-1 forward-sigmoid
# says: variable of the notebook

# %% solution="forward"
def forward_propagation(x, y, w):
    val_1 = np.exp((w[0] * X[0][0] + w[1] * X[0][1]) ** 2 + w[5])
    part_1 = np.tanh(val_1 + w[6])
    sig = sigmoid(np.sin(w[2] * X[0][2]) * (w[3] * X[0][3] + w[4] * X[0][4]) + w[7])
    y_pred = part_1 + w[8] * sig
    L = (y - y_pred) ** 2
    dL = 2 * (y_pred - y)
    return {"L": L, "dL": dL, "val_1": val_1, "part_1": part_1, "sigmoid": sig}
