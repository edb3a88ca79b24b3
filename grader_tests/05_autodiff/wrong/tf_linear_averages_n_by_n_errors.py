# Subtracts y of shape (n,) from predictions of shape (n, 1), and averages an n by n matrix.
# loses: tf-linear-loss tf-linear-steps
# says: n by n matrix

# %% solution="tf-linear"
def fit_linear_tf(X, y, W0, b0, lr, steps):
    W = tf.Variable(W0)
    b = tf.Variable(b0)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((X @ W + b - y) ** 2)
        slope_W, slope_b = tape.gradient(loss, [W, b])
        losses.append(float(loss))
        W.assign_sub(lr * slope_W)
        b.assign_sub(lr * slope_b)
    return W.numpy(), b.numpy(), losses
