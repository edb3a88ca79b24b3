# Works in 32 bits.
# loses: forward-val-1 forward-part-1 forward-sigmoid forward-loss forward-dl
# says: 32 bits

# %% solution="forward"
def forward_propagation(x, y, w):
    x, y, w = (np.float32(part) for part in (x, y, w))
    val_1 = np.exp((w[0] * x[0] + w[1] * x[1]) ** 2 + w[5])
    part_1 = np.tanh(val_1 + w[6])
    gate = sigmoid(np.sin(w[2] * x[2]) * (w[3] * x[3] + w[4] * x[4]) + w[7])
    miss = part_1 + w[8] * gate - y
    return {"val_1": val_1, "part_1": part_1, "sigmoid": gate, "L": miss * miss, "dL": 2 * miss}
