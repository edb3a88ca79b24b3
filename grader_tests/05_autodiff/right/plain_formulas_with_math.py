# Written out long-hand with the module math: each gradient in full, loops with indices, sums divided by n.

# %% solution="network"
class NN:
    def __init__(self):
        self.w1 = 1
        self.w2 = 1
        self.b = 1
        self.eta = 0.01

    def forward(self, x):
        self.z1 = self.w1 * x
        self.a1 = math.tanh(self.z1)
        self.z2 = self.w2 * self.a1 + self.b
        y = math.tanh(self.z2)
        return y

    def backward(self, x, t):
        grad_w1 = x * (1 - math.tanh(self.z1) ** 2) * self.w2 * (math.tanh(self.z2) - t) * (1 - math.tanh(self.z2) ** 2)
        grad_w2 = math.tanh(self.z1) * (math.tanh(self.z2) - t) * (1 - math.tanh(self.z2) ** 2)
        grad_b = (math.tanh(self.z2) - t) * (1 - math.tanh(self.z2) ** 2)
        self.w1 = self.w1 - self.eta * grad_w1
        self.w2 = self.w2 - self.eta * grad_w2
        self.b = self.b - self.eta * grad_b


# %% solution="scale"
def scale_targets(t, limit):
    largest = 0.0
    for value in t:
        if abs(value) > largest:
            largest = abs(value)
    scaled = np.zeros(len(t))
    for i in range(len(t)):
        scaled[i] = t[i] / largest * limit
    return scaled


# %% solution="train"
def train(model, x, t, epochs):
    history = []
    for epoch in range(epochs):
        total = 0
        for i in range(len(x)):
            y = model.forward(x[i])
            total = total + 0.5 * (y - t[i]) * (y - t[i])
            model.backward(x[i], t[i])
        print(f"epoch {epoch}: {total / len(x)}")
        history.append(total / len(x))
    return history


# %% solution="gradient"
def gradient(f, x0):
    x = torch.tensor(x0, requires_grad=True)
    z = f(x)
    z.backward()
    return float(x.grad)


# %% solution="accumulate"
def pile_up(f, x0, times):
    x = torch.tensor(x0, requires_grad=True)
    seen = []
    for i in range(times):
        z = f(x)
        z.backward()
        seen.append(float(x.grad))
    return seen


# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x = torch.tensor(x0, requires_grad=True)
    path = [x0]
    for i in range(steps):
        z = f(x)
        z.backward()
        with torch.no_grad():
            x -= lr * x.grad
            x.grad.zero_()
        path.append(float(x))
    return path


# %% solution="fence"
def fence_cost(x):
    y = 750 / x
    return y + x * 10


# %% solution="linear"
def fit_linear(X, y, W0, b0, lr, steps):
    n = y.shape[0]
    X = torch.tensor(X)
    y = torch.tensor(y.reshape(n, 1))
    W = torch.tensor(W0, requires_grad=True)
    b = torch.tensor(b0, requires_grad=True)
    losses = []
    for i in range(steps):
        diff = y - (torch.matmul(X, W) + b)
        loss = sum(diff * diff) / n
        loss.backward()
        with torch.no_grad():
            W -= lr * W.grad
            b -= lr * b.grad
            W.grad.zero_()
            b.grad.zero_()
        losses.append(loss.item())
    return W.detach().numpy(), b.detach().numpy(), losses


# %% solution="logistic"
def fit_logistic(X, y, W0, b0, lr, steps, tol):
    X = torch.tensor(X)
    y = torch.tensor(y.reshape(len(y), 1))
    W = torch.tensor(W0, requires_grad=True)
    b = torch.tensor(b0, requires_grad=True)
    losses = []
    for i in range(steps):
        z = torch.matmul(X, W) + b
        p = 1.0 / (1 + torch.exp(-z))
        loss = -(y * torch.log(p + tol) + (1 - y) * torch.log(1 - p + tol)).mean()
        loss.backward()
        with torch.no_grad():
            W -= lr * W.grad
            b -= lr * b.grad
            W.grad.zero_()
            b.grad.zero_()
        losses.append(loss.item())
    return W.detach().numpy(), b.detach().numpy(), losses


# %% solution="tf-gradient"
def gradient_tf(f, x0):
    x = tf.Variable(x0)
    with tf.GradientTape() as tape:
        y = f(x)
    dy_dx = tape.gradient(y, x)
    return dy_dx.numpy()


# %% solution="tf-minimize"
def minimize_tf(f, x0, lr, steps):
    x = tf.Variable(x0)
    path = [x.numpy()]
    for i in range(steps):
        with tf.GradientTape() as tape:
            y = f(x)
        grad = tape.gradient(y, x)
        x.assign_sub(lr * grad)
        path.append(x.numpy())
    return path


# %% solution="tf-linear"
def fit_linear_tf(X, y, W0, b0, lr, steps):
    n = X.shape[0]
    X = tf.constant(X, dtype="float32")
    y = tf.constant(y, dtype="float32")
    W = tf.Variable(tf.constant(W0, dtype="float32"))
    B = tf.Variable(tf.constant(b0, dtype="float32"))
    losses = []
    for i in range(steps):
        with tf.GradientTape() as tape:
            y_pred = tf.reshape(X @ W + B, shape=(n,))
            error = tf.reduce_mean(tf.square(y - y_pred))
        dw, db = tape.gradient(error, [W, B])
        W.assign_sub(lr * dw)
        B.assign_sub(lr * db)
        losses.append(error.numpy())
    return W.numpy(), B.numpy(), losses


# %% solution="tf-logistic"
def fit_logistic_tf(X, y, W0, b0, lr, steps, tol):
    n = X.shape[0]
    X = tf.constant(X, dtype="float32")
    y = tf.constant(y, dtype="float32")
    W = tf.Variable(tf.constant(W0, dtype="float32"))
    B = tf.Variable(tf.constant(b0, dtype="float32"))
    losses = []
    for i in range(steps):
        with tf.GradientTape() as tape:
            z = tf.reshape(X @ W + B, shape=(n,))
            p = 1.0 / (1.0 + tf.exp(-z))
            terms = y * tf.math.log(p + tol) + (1 - y) * tf.math.log(1 - p + tol)
            error = -tf.reduce_sum(terms) / n
        dw, db = tape.gradient(error, [W, B])
        W.assign_sub(lr * dw)
        B.assign_sub(lr * db)
        losses.append(error.numpy())
    return W.numpy(), B.numpy(), losses


# %% solution="torch-network"
def network_gradients_torch(w1, w2, b, x, t):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    z1 = w1 * x
    a1 = torch.tanh(z1)
    z2 = w2 * a1 + b
    y = torch.tanh(z2)
    C = 0.5 * (y - t) ** 2
    C.backward()
    return [w1.grad.item(), w2.grad.item(), b.grad.item()]


# %% solution="tf-network"
def network_gradients_tf(w1, w2, b, x, t):
    w1 = tf.Variable(w1)
    w2 = tf.Variable(w2)
    b = tf.Variable(b)
    with tf.GradientTape() as tape:
        z1 = w1 * x
        a1 = tf.tanh(z1)
        z2 = w2 * a1 + b
        y = tf.tanh(z2)
        C = 0.5 * (y - t) ** 2
    dw1, dw2, db = tape.gradient(C, [w1, w2, b])
    return [dw1.numpy(), dw2.numpy(), db.numpy()]
