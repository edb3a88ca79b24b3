# Makes z2 with w1, where the formula has w2.
# loses: tf-network
# says: gives None for a gradient

# %% solution="tf-network"
def network_gradients_tf(w1, w2, b, x, t):
    parameters = [tf.Variable(value) for value in (w1, w2, b)]
    w1, w2, b = parameters
    with tf.GradientTape() as tape:
        y = tf.tanh(w1 * tf.tanh(w1 * x) + b)
        cost = (y - t) ** 2 / 2
    return [float(slope) for slope in tape.gradient(cost, parameters)]
