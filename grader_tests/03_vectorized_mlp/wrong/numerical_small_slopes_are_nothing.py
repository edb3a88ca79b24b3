# A slope below a millionth counts as 0.
# loses: numerical-value
# says: nearly nothing

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    out = [np.zeros(m.shape) for m in theta]
    mv = [m.copy() for m in theta]
    for n, m in enumerate(theta):
        for p in np.ndindex(m.shape):
            mv[n][p] = m[p] + h
            up = cost(forward_propagation(X, mv)[2], y)
            mv[n][p] = m[p] - h
            dn = cost(forward_propagation(X, mv)[2], y)
            mv[n][p] = m[p]
            s = (up - dn) / (2 * h)
            s = 0.0 if abs(s) < 1e-6 else s
            out[n][p] = s
    return out
