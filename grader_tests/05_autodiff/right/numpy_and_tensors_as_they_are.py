# Returns what the libraries give: numpy scalars, arrays in place of lists, tensors that were never turned into floats.

# %% solution="network"
class NN:
    def __init__(self):
        self.w1, self.w2, self.b = np.ones(3)
        self.eta = 0.01
        self.note = "an extra attribute"

    def forward(self, x):
        self.y = np.tanh(self.w2 * np.tanh(self.w1 * x) + self.b)
        return np.array(self.y)

    def backward(self, x, t):
        hidden = np.tanh(np.asarray(self.w1 * x))
        delta = (self.y - t) * np.cosh(np.arctanh(self.y)) ** -2.0
        move = np.array([delta * self.w2 * x / np.cosh(self.w1 * x) ** 2, delta * hidden, delta])
        self.w1, self.w2, self.b = np.array([self.w1, self.w2, self.b]) - self.eta * move
        return {"b": delta, "w2": delta * hidden}


# %% solution="scale"
def scale_targets(t, limit):
    return np.divide(t, np.linalg.norm(t, np.inf)) * limit


# %% solution="train"
def train(model, x, t, epochs):
    history = np.empty((epochs, len(x)))
    for epoch, i in np.ndindex(history.shape):
        history[epoch, i] = (model.forward(x[i]) - t[i]) ** 2
        model.backward(x[i], t[i])
    return history.mean(axis=1) * 0.5


# %% solution="gradient"
def gradient(f, x0):
    x = torch.tensor(x0, requires_grad=True)
    f(x).backward()
    return x.grad


# %% solution="accumulate"
def pile_up(f, x0, times):
    x = torch.tensor(x0, requires_grad=True)
    readings = np.zeros(times)
    for i in range(times):
        f(x).backward()
        readings[i] = x.grad.numpy()
    return readings


# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x = torch.tensor(x0, requires_grad=True)
    path = np.full(steps + 1, x0)
    for i in range(steps):
        f(x).backward()
        x.data = x.data - lr * x.grad
        x.grad = None
        path[i + 1] = x.detach().numpy()
    return path


# %% solution="fence"
def fence_cost(x):
    return (10 * x**2 + 750) * x**-1


# %% solution="linear"
def fit_linear(X, y, W0, b0, lr, steps):
    X, y = torch.as_tensor(X), torch.as_tensor(y)[:, None]
    W = torch.as_tensor(W0).clone().requires_grad_()
    b = torch.as_tensor(b0).clone().requires_grad_()
    losses = []
    for _ in range(steps):
        loss = torch.square(X.mm(W) + b - y).mean()
        loss.backward()
        losses.append(loss.detach())
        with torch.no_grad():
            for weight in (W, b):
                weight.sub_(lr * weight.grad)
                weight.grad = None
    return [W, b, losses]


# %% solution="logistic"
def fit_logistic(X, y, W0, b0, lr, steps, tol):
    X, y = torch.as_tensor(X), torch.as_tensor(y)[:, None]
    W = torch.as_tensor(W0).clone().requires_grad_()
    b = torch.as_tensor(b0).clone().requires_grad_()
    losses = np.zeros(steps)
    for i in range(steps):
        p = torch.exp(X.mm(W) + b) / (1 + torch.exp(X.mm(W) + b))
        loss = -torch.where(y == 1, torch.log(p + tol), torch.log(1 - p + tol)).mean()
        loss.backward()
        losses[i] = loss
        with torch.no_grad():
            for weight in (W, b):
                weight.sub_(lr * weight.grad)
                weight.grad = None
    return [W, b, losses]


# %% solution="tf-gradient"
def gradient_tf(f, x0):
    x = tf.Variable(x0)
    with tf.GradientTape() as tape:
        y = f(x)
    return tape.gradient(y, x)


# %% solution="tf-minimize"
def minimize_tf(f, x0, lr, steps):
    x = tf.constant(x0)
    path = [x]
    for _ in range(steps):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        x = x - lr * tape.gradient(y, x)
        path.append(x)
    return tf.stack(path)


# %% solution="tf-linear"
def fit_linear_tf(X, y, W0, b0, lr, steps):
    W, b, losses = tf.Variable(W0), tf.Variable(b0), []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.math.squared_difference(tf.matmul(X, W) + b, y[:, np.newaxis]))
        for weight, slope_of_it in zip((W, b), tape.gradient(loss, (W, b))):
            weight.assign(weight - lr * slope_of_it)
        losses.append(loss)
    return W, b, losses


# %% solution="tf-logistic"
def fit_logistic_tf(X, y, W0, b0, lr, steps, tol):
    W, b, losses = tf.Variable(W0), tf.Variable(b0), []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            p = tf.nn.sigmoid(tf.matmul(X, W) + b)[:, 0]
            loss = -tf.reduce_mean(tf.math.log(tf.where(y == 1, p, 1 - p) + tol))
        for weight, slope_of_it in zip((W, b), tape.gradient(loss, (W, b))):
            weight.assign(weight - lr * slope_of_it)
        losses.append(loss)
    return W, b, losses


# %% solution="torch-network"
def network_gradients_torch(w1, w2, b, x, t):
    weights = torch.tensor([w1, w2, b], requires_grad=True)
    y = torch.tanh(weights[1] * torch.tanh(weights[0] * x) + weights[2])
    torch.square(y - t).div(2).backward()
    return weights.grad


# %% solution="tf-network"
def network_gradients_tf(w1, w2, b, x, t):
    weights = tf.Variable([w1, w2, b])
    with tf.GradientTape() as tape:
        y = tf.tanh(weights[1] * tf.tanh(weights[0] * x) + weights[2])
        cost = tf.square(y - t) / 2
    return tape.gradient(cost, weights)
