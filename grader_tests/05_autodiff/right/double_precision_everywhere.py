# Keeps 64 bits in both frameworks, with tensors of one entry in place of scalars, and a view for every reshape.

# %% solution="network"
class NN:
    def __init__(self):
        self.w1 = 1.0
        self.w2 = 1.0
        self.b = 1.0
        self.eta = 0.01

    def forward(self, x):
        self.first = 2 / (1 + math.exp(-2 * self.w1 * x)) - 1
        self.second = 2 / (1 + math.exp(-2 * (self.w2 * self.first + self.b))) - 1
        return self.second

    def backward(self, x, t):
        at_z2 = (self.second - t) * (1 + self.second) * (1 - self.second)
        at_a1 = at_z2 * self.w2
        at_z1 = at_a1 * (1 + self.first) * (1 - self.first)
        slopes = {"b": at_z2, "w2": at_z2 * self.first, "w1": at_z1 * x}
        for name, value in slopes.items():
            setattr(self, name, getattr(self, name) - self.eta * value)


# %% solution="scale"
def scale_targets(t, limit):
    factor = limit / max(t.max(), -t.min())
    scaled = t.copy()
    scaled *= factor
    return scaled


# %% solution="train"
def train(model, x, t, epochs):
    def epoch():
        return np.mean([cost_of_one(model, x_i, t_i) for x_i, t_i in zip(x, t, strict=True)])

    return [epoch() for _ in range(epochs)]


def cost_of_one(model, x, t):
    cost = (t - model.forward(x)) ** 2 / 2.0
    model.backward(x, t)
    return cost


# %% solution="gradient"
def gradient(f, x0):
    x = torch.tensor([x0], dtype=torch.float64, requires_grad=True)
    f(x).sum().backward()
    return x.grad.item()


# %% solution="accumulate"
def pile_up(f, x0, times):
    x = torch.tensor(x0, dtype=torch.double).requires_grad_(True)

    def once():
        f(x).backward()
        return x.grad.item()

    return [once() for _ in range(times)]


# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x = torch.tensor(x0, dtype=torch.float64, requires_grad=True)
    path = [x.item()]
    while len(path) <= steps:
        if x.grad is not None:
            x.grad.zero_()
        f(x).backward()
        with torch.no_grad():
            x.copy_(x - lr * x.grad)
        path += [x.item()]
    return path


# %% solution="fence"
def fence_cost(x):
    area, dear, cheap = 750.0, 10.0, 1.0
    other_side = area / x
    return dear * x + cheap * other_side


# %% solution="linear"
def fit_linear(X, y, W0, b0, lr, steps):
    n, d = X.shape
    X, y = torch.tensor(X), torch.tensor(y)
    W = torch.tensor(W0.reshape(d), requires_grad=True)
    b = torch.tensor(b0[0], requires_grad=True)
    losses = []
    for _ in range(steps):
        errors = X @ W + b - y
        loss = errors @ errors / n
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            W -= lr * W.grad
            b -= lr * b.grad
        W.grad.zero_()
        b.grad.zero_()
    return W.detach().numpy().reshape(d, 1), np.array([b.item()]), losses


# %% solution="logistic"
def fit_logistic(X, y, W0, b0, lr, steps, tol):
    n, d = X.shape
    X, y = torch.tensor(X), torch.tensor(y)
    W = torch.tensor(W0.reshape(d), requires_grad=True)
    b = torch.tensor(b0[0], requires_grad=True)
    losses = []
    for _ in range(steps):
        p = (1 + torch.tanh((X @ W + b) / 2)) / 2
        loss = -(y @ torch.log(p + tol) + (1 - y) @ torch.log(1 - p + tol)) / n
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            W -= lr * W.grad
            b -= lr * b.grad
        W.grad.zero_()
        b.grad.zero_()
    return W.detach().numpy().reshape(d, 1), np.array([b.item()]), losses


# %% solution="tf-gradient"
def gradient_tf(f, x0):
    x = tf.Variable(x0, dtype=tf.float64)
    with tf.GradientTape() as tape:
        y = f(x)
    return tape.gradient(y, x).numpy().item()


# %% solution="tf-minimize"
def minimize_tf(f, x0, lr, steps):
    x = tf.Variable(x0, dtype=tf.float64)

    def step():
        with tf.GradientTape() as tape:
            y = f(x)
        x.assign(x - lr * tape.gradient(y, x))
        return x.numpy().item()

    return [x0] + [step() for _ in range(steps)]


# %% solution="tf-linear"
def fit_linear_tf(X, y, W0, b0, lr, steps):
    X, y = tf.constant(X), tf.constant(y)
    W = tf.Variable(W0[:, 0])
    b = tf.Variable(b0)
    losses = []
    for _ in range(steps):
        with tf.GradientTape(persistent=True) as tape:
            loss = tf.reduce_mean((tf.linalg.matvec(X, W) + b - y) ** 2)
        change_W, change_b = tape.gradient(loss, W), tape.gradient(loss, b)
        W.assign_add(-lr * change_W)
        b.assign_add(-lr * change_b)
        losses += [float(loss)]
    return W.numpy()[:, None], b.numpy(), losses


# %% solution="tf-logistic"
def fit_logistic_tf(X, y, W0, b0, lr, steps, tol):
    X, y = tf.constant(X), tf.constant(y)
    W = tf.Variable(W0[:, 0])
    b = tf.Variable(b0)
    losses = []
    for _ in range(steps):
        with tf.GradientTape(persistent=True) as tape:
            p = (1 + tf.tanh((tf.linalg.matvec(X, W) + b) / 2)) / 2
            loss = tf.reduce_mean(-y * tf.math.log(tol + p) - (1 - y) * tf.math.log((1 - p) + tol))
        change_W, change_b = tape.gradient(loss, W), tape.gradient(loss, b)
        W.assign_add(-lr * change_W)
        b.assign_add(-lr * change_b)
        losses += [float(loss)]
    return W.numpy()[:, None], b.numpy(), losses


# %% solution="torch-network"
def network_gradients_torch(w1, w2, b, x, t):
    w1, w2, b = (torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in (w1, w2, b))
    y = (w1 * x).tanh().mul(w2).add(b).tanh()
    cost = (t - y).pow(2) / 2
    cost.backward()
    return w1.grad.item(), w2.grad.item(), b.grad.item()


# %% solution="tf-network"
def network_gradients_tf(w1, w2, b, x, t):
    w1, w2, b = (tf.Variable(value, dtype=tf.float64) for value in (w1, w2, b))
    with tf.GradientTape() as tape:
        y = tf.math.tanh(w2 * tf.math.tanh(w1 * x) + b)
        cost = (t - y) ** 2 / 2
    return tuple(value.numpy() for value in tape.gradient(cost, (w1, w2, b)))
