# val_1 is cut off at 1000, against an overflow.
# loses: forward-val-1
# says: 'val_1' at another place

# %% solution="forward"
def forward_propagation(x, y, w):
    val_1 = np.exp((w[0] * x[0] + w[1] * x[1]) ** 2 + w[5])
    val_1 = min(val_1, 1000.0)
    part_1 = np.tanh(val_1 + w[6])
    s = np.sin(w[2] * x[2])
    b = w[3] * x[3] + w[4] * x[4]
    g = sigmoid(s * b + w[7])
    p = part_1 + w[8] * g
    d = p - y
    pass
    return {'L': d ** 2, 'dL': 2 * d, 'val_1': val_1, 'part_1': part_1, 'sigmoid': g}
