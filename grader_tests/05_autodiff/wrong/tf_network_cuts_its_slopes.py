# Cuts the slopes at 1.
# loses: tf-network
# says: five arguments

# %% solution="tf-network"
def network_gradients_tf(w1, w2, b, x, t):
    parameters = [tf.Variable(value) for value in (w1, w2, b)]
    w1, w2, b = parameters
    with tf.GradientTape() as tape:
        y = tf.tanh(w2 * tf.tanh(w1 * x) + b)
        cost = (y - t) ** 2 / 2
    return [max(-1.0, min(1.0, float(slope))) for slope in tape.gradient(cost, parameters)]
