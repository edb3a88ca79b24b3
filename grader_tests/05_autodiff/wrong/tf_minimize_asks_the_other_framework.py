# Hands the work to PyTorch.
# loses: tf-minimize-path
# says: another framework

# %% solution="tf-minimize"
def minimize_tf(f, x0, lr, steps):
    return minimize(f, x0, lr, steps)
    x = tf.Variable(x0)
    path = [float(x)]
    for _ in range(steps):
        with tf.GradientTape() as tape:
            y = f(x)
        x.assign_sub(lr * tape.gradient(y, x))
        path.append(float(x))
    return path
