# Stores the variable itself, which goes on changing after it was stored.
# loses: tf-minimize-path
# says: one and the same variable

# %% solution="tf-minimize"
def minimize_tf(f, x0, lr, steps):
    x = tf.Variable(x0)
    path = [x]
    for _ in range(steps):
        with tf.GradientTape() as tape:
            y = f(x)
        x.assign_sub(lr * tape.gradient(y, x))
        path.append(x)
    return path
