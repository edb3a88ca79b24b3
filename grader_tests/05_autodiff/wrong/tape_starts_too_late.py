# Runs f before the tape is on, so that nothing is recorded.
# loses: tf-gradient
# says: gives None for a gradient

# %% solution="tf-gradient"
def gradient_tf(f, x0):
    x = tf.Variable(x0)
    y = f(x)
    with tf.GradientTape() as tape:
        pass
    return float(tape.gradient(y, x))
