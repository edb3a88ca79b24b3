# Asks the tape once, before the loop, and takes the same step again and again.
# loses: tf-minimize-path
# says: before the loop

# %% solution="tf-minimize"
def minimize_tf(f, x0, lr, steps):
    x = tf.Variable(x0)
    path = [float(x)]
    with tf.GradientTape() as tape:
        y = f(x)
    step = lr * tape.gradient(y, x)
    for _ in range(steps):
        x.assign_sub(step)
        path.append(float(x))
    return path
