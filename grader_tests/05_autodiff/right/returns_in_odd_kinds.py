# Hands back tuples, arrays, tensors and numpy scalars where lists of floats are usual; globals read; helper functions nested.

# %% own
def leaf(value):
    return torch.nn.Parameter(torch.as_tensor(value, dtype=torch.float64).clone())


# %% solution="network"
class NN:
    w1, w2, b, eta = 1.0, 1.0, 1.0, 0.01

    def __init__(self):
        self.seen = []

    def forward(self, x):
        inner = np.tanh(np.multiply(self.w1, x))
        self.seen.append((inner, np.tanh(self.w2 * inner + self.b)))
        return self.seen[-1][1]

    def backward(self, x, t):
        inner, out = self.seen.pop()
        top = (out - t) * (1 - np.square(out))
        below = self.w2 * top * (1 - np.square(inner))
        self.w1, self.w2, self.b = (
            self.w1 - self.eta * below * x,
            self.w2 - self.eta * top * inner,
            self.b - self.eta * top,
        )


# %% solution="train"
def train(model, x, t, epochs):
    history = ()
    for epoch in range(epochs):
        costs = []
        for k in range(len(t)):
            y = model.forward(x[k])
            costs += [(t[k] - y) ** 2 * 0.5]
            model.backward(x[k], t[k])
        history += (np.mean(costs),)
    return history


# %% solution="gradient"
def gradient(f, x0):
    x = leaf(x0)
    f(x).backward()
    return x.grad


# %% solution="accumulate"
def pile_up(f, x0, times):
    x, seen = leaf(x0), torch.zeros(times)
    for i in range(times):
        f(x).backward()
        seen[i] = x.grad
    return seen


# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x, path = leaf(x0), np.full(steps + 1, float(x0))
    for i in range(1, steps + 1):
        x.grad = None
        f(x).backward()
        with torch.no_grad():
            path[i] = x.copy_(x - lr * x.grad)
    return path


# %% solution="linear"
def fit_linear(X, y, W0, b0, lr, steps):
    W, b, losses = leaf(W0), leaf(b0), []
    for _ in range(steps):
        loss = ((torch.from_numpy(X) @ W + b).T - torch.from_numpy(y)).square().mean()
        W.grad = b.grad = None
        loss.backward()
        losses.append(loss.detach())
        with torch.no_grad():
            W.add_(W.grad, alpha=-lr)
            b.add_(b.grad, alpha=-lr)
    return [W.detach(), b.detach(), losses]


# %% solution="tf-gradient"
def gradient_tf(f, x0):
    with tf.GradientTape() as tape:
        x = tf.Variable(x0)
        y = f(x)
    (slope,) = tape.gradient(y, [x])
    return slope


# %% solution="tf-minimize"
def minimize_tf(f, x0, lr, steps):
    path = [tf.constant(x0)]
    for _ in range(steps):
        with tf.GradientTape() as tape:
            tape.watch(path[-1])
            y = f(path[-1])
        path.append(path[-1] - lr * tape.gradient(y, path[-1]))
    return tuple(path)


# %% solution="torch-network"
def network_gradients_torch(w1, w2, b, x, t):
    p = [leaf(v) for v in (w1, w2, b)]
    y = (p[1] * (p[0] * x).tanh() + p[2]).tanh()
    torch.nn.functional.mse_loss(y, torch.tensor(t, dtype=y.dtype)).div(2).backward()
    return tuple(q.grad for q in p)


# %% solution="tf-network"
def network_gradients_tf(w1, w2, b, x, t):
    p = tf.Variable([w1, w2, b], dtype=tf.float64)
    with tf.GradientTape() as tape:
        y = tf.tanh(p[1] * tf.tanh(p[0] * x) + p[2])
        cost = (y - t) ** 2 / 2
    return tf.convert_to_tensor(tape.gradient(cost, p))


# %% solution="scale"
def scale_targets(t, limit):
    def largest(values):
        return abs(values[0]) if len(values) == 1 else max(abs(values[0]), largest(values[1:]))

    return np.array(t) * (limit / largest(t))


# %% solution="fence"
def fence_cost(x):
    return 10 * (x + 75 / x)


# %% solution="logistic"
def fit_logistic(X, y, W0, b0, lr, steps, tol):
    if steps == 0:
        return W0, b0, []
    W, b = torch.tensor(W0, requires_grad=True), torch.tensor(b0, requires_grad=True)
    yes = torch.sigmoid(torch.tensor(X) @ W + b).flatten()
    right = torch.tensor(y) * torch.log(yes + tol) + torch.tensor(1 - y) * torch.log(1 - yes + tol)
    loss = -right.mean()
    loss.backward()
    last_W, last_b, losses = fit_logistic(X, y, W0 - lr * W.grad.numpy(), b0 - lr * b.grad.numpy(), lr, steps - 1, tol)
    return last_W, last_b, [loss.item(), *losses]


# %% solution="tf-linear"
def fit_linear_tf(X, y, W0, b0, lr, steps):
    if steps == 0:
        return W0, b0, []
    W, b = tf.Variable(W0), tf.Variable(b0)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.reshape(X @ W + b, [-1]) - y))
    slopes = tape.gradient(loss, [W, b])
    last_W, last_b, losses = fit_linear_tf(
        X, y, W0 - lr * slopes[0].numpy(), b0 - lr * slopes[1].numpy(), lr, steps - 1
    )
    return last_W, last_b, [float(loss), *losses]


# %% solution="tf-logistic"
def fit_logistic_tf(X, y, W0, b0, lr, steps, tol):
    if steps == 0:
        return W0, b0, []
    W, b = tf.Variable(W0), tf.Variable(b0)
    with tf.GradientTape() as tape:
        yes = tf.reshape(1 / (1 + tf.exp(-(X @ W + b))), [-1])
        loss = -tf.reduce_mean(y * tf.math.log(yes + tol) + (1 - y) * tf.math.log(1 - yes + tol))
    slopes = tape.gradient(loss, [W, b])
    last_W, last_b, losses = fit_logistic_tf(
        X, y, W0 - lr * slopes[0].numpy(), b0 - lr * slopes[1].numpy(), lr, steps - 1, tol
    )
    return last_W, last_b, [float(loss), *losses]
