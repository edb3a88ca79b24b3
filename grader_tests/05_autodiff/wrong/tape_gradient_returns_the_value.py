# Returns f(x), not its slope.
# loses: tf-gradient
# says: value of the function

# %% solution="tf-gradient"
def gradient_tf(f, x0):
    x = tf.Variable(x0)
    with tf.GradientTape() as tape:
        y = f(x)
    return float(y)
