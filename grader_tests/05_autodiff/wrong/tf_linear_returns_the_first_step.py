# Returns W and b as they are after the first step.
# loses: tf-linear-steps
# says: after the last step

# %% solution="tf-linear"
def fit_linear_tf(X, y, W0, b0, lr, steps):
    y = y.reshape(-1, 1)
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
        if len(losses) == 1:
            first_W, first_b = W.numpy(), b.numpy()
    return first_W, first_b, losses
