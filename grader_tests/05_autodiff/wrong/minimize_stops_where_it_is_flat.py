# Stops where the slope is small, so that the path is too short.
# loses: minimize-path tf-minimize-path
# says: however small it is

# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x = torch.tensor(x0, requires_grad=True)
    path = [x.item()]
    for _ in range(steps):
        f(x).backward()
        if abs(x.grad.item()) < 1e-3:
            break
        with torch.no_grad():
            x -= lr * x.grad
        x.grad.zero_()
        path.append(x.item())
    return path

# %% solution="tf-minimize"
def minimize_tf(f, x0, lr, steps):
    x = tf.Variable(x0)
    path = [float(x)]
    for _ in range(steps):
        with tf.GradientTape() as tape:
            y = f(x)
        g = tape.gradient(y, x)
        if abs(float(g)) < 1e-3:
            break
        x.assign_sub(lr * g)
        path.append(float(x))
    return path
