# Turns every number into float32 first, as PyTorch and TensorFlow like it best, and adds axes with None or expand_dims.

# %% solution="network"
class NN:
    """Keeps everything of the last forward pass in a dictionary."""

    def __init__(self):
        self.w1, self.w2, self.b, self.eta = 1, 1, 1, 0.01

    def forward(self, x):
        memory = {"x": x}
        memory["z1"] = x * self.w1
        memory["a1"] = math.sinh(memory["z1"]) / math.cosh(memory["z1"])
        memory["z2"] = self.b + memory["a1"] * self.w2
        memory["y"] = math.sinh(memory["z2"]) / math.cosh(memory["z2"])
        self.memory = memory
        return memory["y"]

    def backward(self, x, t):
        memory = self.memory
        dC_dy = -(t - memory["y"])
        dC_dz2 = dC_dy / math.cosh(memory["z2"]) ** 2
        dC_dz1 = dC_dz2 * self.w2 / math.cosh(memory["z1"]) ** 2
        old = self.w1, self.w2, self.b
        slopes = memory["x"] * dC_dz1, memory["a1"] * dC_dz2, dC_dz2
        self.w1, self.w2, self.b = (value - self.eta * slope for value, slope in zip(old, slopes))


# %% solution="scale"
def scale_targets(t, limit):
    size = np.sqrt(np.max(t**2))
    return (t / size) * limit


# %% solution="train"
def train(model, x, t, epochs):
    result = [0.0] * epochs
    for epoch in range(epochs):
        for i, (point, target) in enumerate(zip(x, t)):
            error = model.forward(point) - target
            result[epoch] += (error * error / 2 - result[epoch]) / (i + 1)
            model.backward(point, target)
    return result


# %% solution="gradient"
def gradient(f, x0):
    x = torch.tensor(float(x0), dtype=torch.float32, requires_grad=True)
    torch.autograd.backward(f(x))
    return x.grad.numpy()


# %% solution="accumulate"
def pile_up(f, x0, times):
    x = torch.scalar_tensor(x0, requires_grad=True)
    readings = ()
    for _ in range(times):
        f(x).backward()
        readings += (x.grad.tolist(),)
    return readings


# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x = torch.scalar_tensor(x0, requires_grad=True)
    path = np.empty(steps + 1, dtype=np.float32)
    for k in range(steps + 1):
        path[k] = x.item()
        x.grad = None
        f(x).backward()
        with torch.no_grad():
            x.add_(x.grad, alpha=-lr)
    return path.tolist()


# %% solution="fence"
def fence_cost(x):
    """Ten coins a metre along the road, one coin a metre along the other side."""
    side_along_the_road = x
    other_side = 750 / side_along_the_road
    return side_along_the_road * 10.0 + other_side


# %% solution="linear"
def fit_linear(X, y, W0, b0, lr, steps):
    X, y = torch.tensor(X).float(), torch.tensor(y).float().unsqueeze(1)
    W, b = torch.tensor(W0).float().requires_grad_(), torch.tensor(b0).float().requires_grad_()
    losses = []
    for _ in range(steps):
        loss = torch.mean(torch.pow(torch.addmm(b, X, W) - y, 2))
        loss.backward()
        losses.append(float(loss))
        with torch.no_grad():
            W.add_(W.grad, alpha=-lr)
            b.add_(b.grad, alpha=-lr)
        W.grad, b.grad = None, None
    return W.detach().numpy(), b.detach().numpy(), losses


# %% solution="logistic"
def fit_logistic(X, y, W0, b0, lr, steps, tol):
    X, y = torch.tensor(X).float(), torch.tensor(y).float().unsqueeze(1)
    W, b = torch.tensor(W0).float().requires_grad_(), torch.tensor(b0).float().requires_grad_()
    losses = []
    for _ in range(steps):
        p = torch.special.expit(torch.addmm(b, X, W))
        loss = torch.mean((y - 1) * torch.log(1 - p + tol) - y * torch.log(p + tol))
        loss.backward()
        losses.append(float(loss))
        with torch.no_grad():
            W.add_(W.grad, alpha=-lr)
            b.add_(b.grad, alpha=-lr)
        W.grad, b.grad = None, None
    return W.detach().numpy(), b.detach().numpy(), losses


# %% solution="tf-gradient"
def gradient_tf(f, x0):
    x = tf.constant(x0, dtype=tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    return float(tape.gradient(y, x))


# %% solution="tf-minimize"
def minimize_tf(f, x0, lr, steps):
    x = tf.Variable(x0, dtype=tf.float32)
    path = np.zeros(1 + steps)
    path[0] = x0
    for k in range(1, 1 + steps):
        with tf.GradientTape() as tape:
            y = f(x)
        slope_here = tape.gradient(y, x)
        x.assign(x - lr * slope_here)
        path[k] = x.numpy()
    return path


# %% solution="tf-linear"
def fit_linear_tf(X, y, W0, b0, lr, steps):
    X, y = tf.cast(X, tf.float32), tf.expand_dims(tf.cast(y, tf.float32), 1)
    W, b = tf.Variable(tf.cast(W0, tf.float32)), tf.Variable(tf.cast(b0, tf.float32))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            predictions = tf.nn.bias_add(tf.matmul(X, W), b)
            loss = tf.reduce_sum(tf.square(predictions - y)) / len(X)
        slopes = tape.gradient(loss, {"W": W, "b": b})
        W.assign_sub(lr * slopes["W"])
        b.assign_sub(lr * slopes["b"])
        losses.append(loss.numpy())
    return W.numpy(), b.numpy(), np.array(losses)


# %% solution="tf-logistic"
def fit_logistic_tf(X, y, W0, b0, lr, steps, tol):
    X, y = tf.cast(X, tf.float32), tf.expand_dims(tf.cast(y, tf.float32), 1)
    W, b = tf.Variable(tf.cast(W0, tf.float32)), tf.Variable(tf.cast(b0, tf.float32))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            p = tf.math.sigmoid(tf.nn.bias_add(tf.matmul(X, W), b))
            terms = tf.concat([y * tf.math.log(p + tol), (1 - y) * tf.math.log(1 - p + tol)], axis=0)
            loss = -2 * tf.reduce_mean(terms)
        slopes = tape.gradient(loss, {"W": W, "b": b})
        W.assign_sub(lr * slopes["W"])
        b.assign_sub(lr * slopes["b"])
        losses.append(loss.numpy())
    return W.numpy(), b.numpy(), np.array(losses)


# %% solution="torch-network"
def network_gradients_torch(w1, w2, b, x, t):
    leaves = dict(w1=torch.scalar_tensor(w1), w2=torch.scalar_tensor(w2), b=torch.scalar_tensor(b))
    for leaf in leaves.values():
        leaf.requires_grad = True
    y = (leaves["w2"] * (leaves["w1"] * x).tanh() + leaves["b"]).tanh()
    (0.5 * (y - t) * (y - t)).backward()
    return np.array([leaf.grad for leaf in leaves.values()])


# %% solution="tf-network"
def network_gradients_tf(w1, w2, b, x, t):
    w1, w2, b, x, t = (tf.constant(value, tf.float32) for value in (w1, w2, b, x, t))
    with tf.GradientTape(persistent=True) as tape:
        for leaf in (w1, w2, b):
            tape.watch(leaf)
        cost = tf.nn.l2_loss(tf.tanh(w2 * tf.tanh(w1 * x) + b) - t)
    return [tape.gradient(cost, leaf).numpy() for leaf in (w1, w2, b)]
