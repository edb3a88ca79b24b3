# Writes the sigmoid as exp(z) / (1 + exp(z)) and its slope by the quotient rule; returns tuples and whole numbers.

# %% solution="activations"
def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))


def relu(z):
    return z * (z > 0)

# %% solution="slopes"
def sigmoid_prime(z):
    e = np.exp(z)
    return e / (1 + e) ** 2


def relu_prime(z):
    return (np.asarray(z) > 0).astype(int)

# %% solution="loss"
def loss(y, y_hat):
    p = np.maximum(y_hat, 1e-15)
    q = np.maximum(1 - np.asarray(y_hat), 1e-15)
    return -(y * np.log(p) + (1 - y) * np.log(q))

# %% solution="derivative"
def loss_derivative(y, y_hat):
    return (y_hat - y) / (y_hat * (1 - y_hat))

# %% solution="forward"
def yhat(X, params):
    z = (params[0].T @ X.T).T + params[1]
    return sigmoid(np.dot(relu(z), params[2]) + params[3])

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = np.dot(x, W) + b
    a = relu(z)
    d = sigmoid(np.dot(a, v) + c) - y
    hidden = relu_prime(z) * np.outer(d, v)
    return np.dot(x.T, hidden), np.sum(hidden, 0).reshape(1, 3), np.dot(a.T, d), np.sum(d)

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    trajectories = [tuple(starting_params)]
    for _ in range(iterations):
        here = trajectories[-1]
        trajectories.append(tuple(p - lr * g for p, g in zip(here, grad_f(here, x, y))))
    losses = tuple(loss(y, yhat(x, params)).mean() for params in trajectories)
    return tuple(trajectories), losses

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    trajectories = [tuple(starting_params)]
    u = [0 * np.asarray(p) for p in starting_params]
    for _ in range(iterations):
        here = trajectories[-1]
        g = grad_f(here, x, y)
        u = [lr * g[i] + alpha * u[i] for i in range(4)]
        trajectories.append(tuple(here[i] - u[i] for i in range(4)))
    losses = tuple(loss(y, yhat(x, params)).mean() for params in trajectories)
    return tuple(trajectories), losses

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    z = np.dot(X, W) + b
    return sigmoid(np.dot(relu(z), v) + c)


def decision_grid(x, y, params):
    Z = np.zeros((len(y), len(x)))
    for j, across in enumerate(x):
        for i, up in enumerate(y):
            Z[i][j] = np.squeeze(ff_nn_relu(np.array([across, up]), *params)) > 0.5
    return Z
