# Computes the error as y - XW + b, which gives b the wrong sign. The line comes out right all the same.
# loses: tf-linear-loss tf-linear-steps
# says: b is subtracted

# %% solution="tf-linear"
def fit_linear_tf(X, y, W0, b0, lr, steps):
    y = y.reshape(-1, 1)
    W = tf.Variable(W0)
    b = tf.Variable(b0)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((y - X @ W + b) ** 2)
        slope_W, slope_b = tape.gradient(loss, [W, b])
        losses.append(float(loss))
        W.assign_sub(lr * slope_W)
        b.assign_sub(lr * slope_b)
    return W.numpy(), b.numpy(), losses
