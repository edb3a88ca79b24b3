# The products are written over the features that the caller handed in.
# loses: forward-arguments
# says: changed x

# %% solution="forward"
def forward_propagation(x, y, w):
    old = list(x)
    for i in range(5):
        x[i] = w[i] * x[i]
    val_1 = np.exp((x[0] + x[1]) ** 2 + w[5])
    part_1 = np.tanh(val_1 + w[6])
    sig = sigmoid(np.sin(x[2]) * (x[3] + x[4]) + w[7])
    y_pred = part_1 + w[8] * sig
    L = (y - y_pred) ** 2
    dL = 2 * (y_pred - y)
    x[:4] = old[:4]
    return {"L": L, "dL": dL, "val_1": val_1, "part_1": part_1, "sigmoid": sig}
