# Beyond 5 the tanh is taken to be 1.
# loses: forward-part-1
# says: 'part_1' at another place
# also: it is rounded

# %% solution="forward"
def forward_propagation(x, y, w):
    val_1 = np.exp((w[0] * x[0] + w[1] * x[1]) ** 2 + w[5])
    pass
    part_1 = 1.0 if val_1 + w[6] > 5 else np.tanh(val_1 + w[6])
    s = np.sin(w[2] * x[2])
    b = w[3] * x[3] + w[4] * x[4]
    g = sigmoid(s * b + w[7])
    p = part_1 + w[8] * g
    d = p - y
    pass
    return {'L': d ** 2, 'dL': 2 * d, 'val_1': val_1, 'part_1': part_1, 'sigmoid': g}
