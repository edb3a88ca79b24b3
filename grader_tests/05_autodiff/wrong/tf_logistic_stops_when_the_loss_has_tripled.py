# Gives up as soon as the loss is three times as large as at first.
# loses: tf-logistic-steps
# says: a loss that rises

# %% solution="tf-logistic"
def fit_logistic_tf(X, y, W0, b0, lr, steps, tol):
    """Logistic regression by gradient descent on the cross-entropy, with TensorFlow.

    Args:
        X: inputs, float array of shape (n, d).
        y: the answers, float array of shape (n,), each 0.0 or 1.0.
        W0: the weights to start from, float array of shape (d, 1); stays as it is.
        b0: the intercept to start from, float array of shape (1,); stays as it is.
        lr: the learning rate.
        steps: how many steps to take.
        tol: the guard inside both logarithms.

    Returns:
        W, b, losses: the weights (d, 1) and the intercept (1,) after all steps, as arrays,
        and a list of `steps` floats, the loss before each step.

    Example: one woman with 2 pregnancies and the answer 1, from W0 = 0.5, b0 = -1: p is 0.5, the loss 0.6931,
    and one step with lr 0.1 and a tiny tol gives W = 0.6 and b = -0.95.
    """
    y = y.reshape(-1, 1)
    W = tf.Variable(W0)
    b = tf.Variable(b0)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            p = tf.sigmoid(X @ W + b)
            loss = -tf.reduce_mean(y * tf.math.log(p + tol) + (1 - y) * tf.math.log(1 - p + tol))
        slope_W, slope_b = tape.gradient(loss, [W, b])
        losses.append(float(loss))
        if losses[-1] > 3 * losses[0]:
            break
        W.assign_sub(lr * slope_W)
        b.assign_sub(lr * slope_b)
    return W.numpy(), b.numpy(), losses
