# Uses recursion for the loops over points and steps, and lets the questions build on each other.

# %% solution="network"
class NN:
    def __init__(self, w1=1.0, w2=1.0, b=1.0, eta=0.01):
        self.w1, self.w2, self.b, self.eta = w1, w2, b, eta

    def forward(self, x):
        self.values = self.through([x], [(self.w1, 0.0), (self.w2, self.b)])
        return self.values[-1]

    def through(self, values, layers):
        if not layers:
            return values
        (weight, bias), *rest = layers
        return self.through([*values, math.tanh(weight * values[-1] + bias)], rest)

    def backward(self, x, t):
        start, middle, end = self.values
        delta2 = (end - t) * (1 - end**2)
        delta1 = delta2 * self.w2 * (1 - middle**2)
        self.w1, self.w2, self.b = (
            self.w1 - self.eta * delta1 * start,
            self.w2 - self.eta * delta2 * middle,
            self.b - self.eta * delta2,
        )


# %% solution="scale"
def scale_targets(t, limit):
    def largest(values):
        return abs(values[0]) if len(values) == 1 else max(abs(values[0]), largest(values[1:]))

    return np.array(t) * (limit / largest(t))


# %% solution="train"
def train(model, x, t, epochs):
    if epochs == 0:
        return []
    return [sum(costs_of(model, list(x), list(t))) / len(x), *train(model, x, t, epochs - 1)]


def costs_of(model, x, t):
    if not x:
        return []
    cost = (model.forward(x[0]) - t[0]) ** 2 / 2
    model.backward(x[0], t[0])
    return [cost, *costs_of(model, x[1:], t[1:])]


# %% solution="gradient"
def gradient(f, x0):
    return readings_of(f, torch.tensor(x0, requires_grad=True), 1)[0]


def readings_of(f, leaf, times):
    if times == 0:
        return []
    f(leaf).backward()
    return [leaf.grad.item(), *readings_of(f, leaf, times - 1)]


# %% solution="accumulate"
def pile_up(f, x0, times):
    return readings_of(f, torch.tensor(x0, requires_grad=True), times)


# %% solution="minimize"
def minimize(f, x0, lr, steps):
    if steps == 0:
        return [x0]
    x = torch.tensor(x0, requires_grad=True, dtype=torch.float64)
    f(x).backward()
    return [x0, *minimize(f, x0 - lr * x.grad.item(), lr, steps - 1)]


# %% solution="fence"
def fence_cost(x):
    return 10 * (x + 75 / x)


# %% solution="linear"
def fit_linear(X, y, W0, b0, lr, steps):
    if steps == 0:
        return W0, b0, []
    W, b = torch.tensor(W0, requires_grad=True), torch.tensor(b0, requires_grad=True)
    loss = ((torch.tensor(X) @ W + b).flatten() - torch.tensor(y)).square().mean()
    loss.backward()
    last_W, last_b, losses = fit_linear(X, y, W0 - lr * W.grad.numpy(), b0 - lr * b.grad.numpy(), lr, steps - 1)
    return last_W, last_b, [loss.item(), *losses]


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


# %% solution="tf-gradient"
def gradient_tf(f, x0):
    x = tf.Variable(x0)
    with tf.GradientTape() as tape:
        y = f(x)
    (slope_here,) = tape.gradient(y, [x])
    return float(slope_here)


# %% solution="tf-minimize"
def minimize_tf(f, x0, lr, steps):
    return [x0] if steps == 0 else [x0, *minimize_tf(f, x0 - lr * gradient_tf(f, x0), lr, steps - 1)]


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


# %% solution="torch-network"
def network_gradients_torch(w1, w2, b, x, t):
    one, two, three = torch.tensor([[w1], [w2], [b]], dtype=torch.float64, requires_grad=True).unbind()
    for leaf in (one, two, three):
        leaf.retain_grad()
    cost = 0.5 * (torch.tanh(two * torch.tanh(one * x) + three) - t) ** 2
    cost.backward()
    return one.grad.item(), two.grad.item(), three.grad.item()


# %% solution="tf-network"
def network_gradients_tf(w1, w2, b, x, t):
    return [
        gradient_tf(lambda w: (tf.tanh(w2 * tf.tanh(w * x) + b) - t) ** 2 / 2, w1),
        gradient_tf(lambda w: (tf.tanh(w * math.tanh(w1 * x) + b) - t) ** 2 / 2, w2),
        gradient_tf(lambda w: (tf.tanh(w2 * math.tanh(w1 * x) + w) - t) ** 2 / 2, b),
    ]
