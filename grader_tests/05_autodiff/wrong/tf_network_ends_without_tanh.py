# Leaves the last unit linear.
# loses: tf-network
# says: the last tanh is missing

# %% solution="tf-network"
def network_gradients_tf(w1, w2, b, x, t):
    parameters = [tf.Variable(value) for value in (w1, w2, b)]
    w1, w2, b = parameters
    with tf.GradientTape() as tape:
        y = w2 * tf.tanh(w1 * x) + b
        cost = (y - t) ** 2 / 2
    return [float(slope) for slope in tape.gradient(cost, parameters)]
