# Leaves out the minus in front of the cross-entropy, and climbs.
# loses: tf-logistic-loss tf-logistic-steps
# says: the minus sign in front

# %% solution="tf-logistic"
def fit_logistic_tf(X, y, W0, b0, lr, steps, tol):
    y = y.reshape(-1, 1)
    W = tf.Variable(W0)
    b = tf.Variable(b0)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            p = tf.sigmoid(X @ W + b)
            loss = tf.reduce_mean(y * tf.math.log(p + tol) + (1 - y) * tf.math.log(1 - p + tol))
        slope_W, slope_b = tape.gradient(loss, [W, b])
        losses.append(float(loss))
        W.assign_sub(lr * slope_W)
        b.assign_sub(lr * slope_b)
    return W.numpy(), b.numpy(), losses
