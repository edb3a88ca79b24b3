# Fits the first 1,000 rows.
# loses: tf-linear-steps
# says: One row or thousands

# %% solution="tf-linear"
def fit_linear_tf(X, y, W0, b0, lr, steps):
    y = y.reshape(-1, 1)
    W = tf.Variable(W0)
    b = tf.Variable(b0)
    X, y = X[:1000], y[:1000]
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((X @ W + b - y) ** 2)
        slope_W, slope_b = tape.gradient(loss, [W, b])
        losses.append(float(loss))
        W.assign_sub(lr * slope_W)
        b.assign_sub(lr * slope_b)
    return W.numpy(), b.numpy(), losses
