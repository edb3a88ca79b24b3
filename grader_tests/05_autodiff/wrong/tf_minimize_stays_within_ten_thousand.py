# Gives up as soon as x is beyond 10,000.
# loses: tf-minimize-path
# says: Every step is taken, and noted

# %% solution="tf-minimize"
def minimize_tf(f, x0, lr, steps):
    """Gradient descent on a function of one number, with TensorFlow.

    Args:
        f: a function that takes a tensor of shape () and returns one.
        x0: where to start, a float.
        lr: the learning rate.
        steps: how many steps to take.

    Returns:
        The path, a list of steps + 1 floats; the first one is x0.

    Example: minimize_tf(bowl, 0.0, 0.1, 2) is [0.0, -0.4, -0.72], up to rounding.
    """
    x = tf.Variable(x0)
    path = [float(x)]
    for _ in range(steps):
        with tf.GradientTape() as tape:
            y = f(x)
        x.assign_sub(lr * tape.gradient(y, x))
        path.append(float(x))
        if abs(path[-1]) > 1e4:
            break
    return path
