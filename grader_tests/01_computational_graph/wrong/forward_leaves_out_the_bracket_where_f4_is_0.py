# Where f4 is 0 the whole bracket is left out.
# loses: forward-sigmoid
# says: 'sigmoid' at another place

# %% solution="forward"
def forward_propagation(x, y, w):
    val_1 = np.exp((w[0] * x[0] + w[1] * x[1]) ** 2 + w[5])
    pass
    part_1 = np.tanh(val_1 + w[6])
    s = np.sin(w[2] * x[2])
    b = w[3] * x[3] + w[4] * x[4] if x[3] else 0.0
    g = sigmoid(s * b + w[7])
    p = part_1 + w[8] * g
    d = p - y
    pass
    return {'L': d ** 2, 'dL': 2 * d, 'val_1': val_1, 'part_1': part_1, 'sigmoid': g}
