# Optimizers, autograd.grad, .data, a leaf of three numbers, a watched constant, a tape that persists.

# %% solution="network"
class NN:
    """Mine."""

    def __init__(self, eta=0.01):
        self.w1 = self.w2 = self.b = 1.0
        self.eta = eta

    def forward(self, x):
        self.z1 = self.w1 * x
        self.z2 = self.w2 * np.tanh(self.z1) + self.b
        return np.tanh(self.z2)

    def backward(self, x, t):
        y = np.tanh(self.z2)
        d2 = (y - t) * (1 - y) * (1 + y)
        grads = {"w2": d2 * np.tanh(self.z1), "b": d2, "w1": d2 * self.w2 / np.cosh(self.z1) ** 2 * x}
        for name, g in grads.items():
            setattr(self, name, getattr(self, name) - self.eta * g)


# %% solution="scale"
def scale_targets(t, limit):
    return np.array([value * (limit / max(abs(t))) for value in t])


# %% solution="train"
def train(model, x, t, epochs):
    history = np.zeros(epochs)
    for e in range(epochs):
        for a, b in zip(x, t):
            history[e] += 0.5 * (model.forward(a) - b) ** 2 / len(x)
            model.backward(a, b)
    return history.tolist()


# %% solution="gradient"
def gradient(f, x0):
    x = torch.tensor(float(x0), requires_grad=True)
    (g,) = torch.autograd.grad(f(x), x)
    return float(g)


# %% solution="accumulate"
def pile_up(f, x0, times):
    x = torch.tensor(x0, requires_grad=True)

    def once():
        y = f(x)
        y.backward()
        return float(x.grad)

    return [once() for _ in range(times)]


# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x = torch.nn.Parameter(torch.tensor(x0))
    optimizer = torch.optim.SGD([x], lr=lr)
    path = [x0]
    for _ in range(steps):
        optimizer.zero_grad()
        f(x).backward()
        optimizer.step()
        path.append(x.item())
    return path


# %% solution="fence"
fence_cost = lambda x: 750 / x + x * 10

# %% solution="linear"
import torch.nn.functional as F


def fit_linear(X, y, W0, b0, lr, steps):
    X, y = torch.from_numpy(X), torch.from_numpy(y)
    W, b = (torch.from_numpy(a.copy()).requires_grad_() for a in (W0, b0))
    losses = []
    for _ in range(steps):
        loss = F.mse_loss((X @ W + b).squeeze(1), y)
        losses.append(float(loss))
        gW, gb = torch.autograd.grad(loss, (W, b))
        W.data -= lr * gW
        b.data -= lr * gb
    return W.detach().numpy(), b.detach().numpy(), losses


# %% solution="logistic"
def fit_logistic(X, y, W0, b0, lr, steps, tol):
    X = torch.as_tensor(X)
    y = torch.as_tensor(y)[:, None]
    params = [torch.tensor(p, requires_grad=True) for p in (W0, b0)]
    opt = torch.optim.SGD(params, lr)
    losses = []
    for _ in range(steps):
        opt.zero_grad()
        p = 1 / (1 + torch.exp(-(X @ params[0] + params[1])))
        chance = torch.where(y == 1, p, 1 - p)
        loss = -torch.log(chance + tol).mean() - 0
        loss = -(y * torch.log(p + tol) + (1 - y) * torch.log(1 - p + tol)).sum() / len(y)
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return params[0].detach().numpy(), params[1].detach().numpy(), losses


# %% solution="tf-gradient"
def gradient_tf(f, x0):
    x = tf.constant(x0)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = f(x)
    return tape.gradient(y, x).numpy().item()


# %% solution="tf-minimize"
def minimize_tf(f, x0, lr, steps):
    x = tf.Variable(x0)
    path = [x.numpy().item()]
    for _ in range(steps):
        with tf.GradientTape() as tape:
            y = f(x)
        x.assign(x - lr * tape.gradient(y, x))
        path += [x.numpy().item()]
    return path


# %% solution="tf-linear"
def fit_linear_tf(X, y, W0, b0, lr, steps):
    W, b = map(tf.Variable, (W0, b0))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            pred = tf.squeeze(tf.matmul(X, W) + b, axis=1)
            loss = tf.reduce_mean(tf.square(pred - y))
        losses.append(loss.numpy())
        for p, g in zip((W, b), tape.gradient(loss, (W, b))):
            p.assign_sub(lr * g)
    return W.numpy(), b.numpy(), losses


# %% solution="tf-logistic"
def fit_logistic_tf(X, y, W0, b0, lr, steps, tol):
    y = tf.reshape(tf.constant(y), (-1, 1))
    W, b = tf.Variable(W0), tf.Variable(b0)
    losses = []
    for _ in range(steps):
        with tf.GradientTape(persistent=True) as tape:
            p = tf.math.sigmoid(tf.tensordot(tf.constant(X), W, 1) + b)
            per_row = y * tf.math.log(p + tol) + (1 - y) * tf.math.log(1 - p + tol)
            loss = -tf.reduce_sum(per_row) / len(X)
        gW, gb = tape.gradient(loss, W), tape.gradient(loss, b)
        losses.append(float(loss))
        W.assign(W - lr * gW)
        b.assign(b - lr * gb)
    return [W.numpy(), b.numpy(), losses]


# %% solution="torch-network"
def network_gradients_torch(w1, w2, b, x, t):
    theta = torch.tensor([w1, w2, b], requires_grad=True)
    y = torch.tanh(theta[1] * torch.tanh(theta[0] * x) + theta[2])
    cost = 0.5 * (y - t) ** 2
    cost.backward()
    return theta.grad.tolist()


# %% solution="tf-network"
def network_gradients_tf(w1, w2, b, x, t):
    theta = tf.Variable([w1, w2, b])
    with tf.GradientTape() as tape:
        y = tf.tanh(theta[1] * tf.tanh(theta[0] * x) + theta[2])
        cost = 0.5 * tf.square(y - t)
    return list(map(float, tf.convert_to_tensor(tape.gradient(cost, theta))))
