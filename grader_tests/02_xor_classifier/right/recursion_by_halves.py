# Trains by recursion: a journey is its first half, then the second half from there. Gradients come from yhat.

# %% solution="activations"
def sigmoid(z):
    return np.exp(-np.logaddexp(0, -np.asarray(z)))


def relu(z):
    return np.where(np.greater(z, 0), z, 0)

# %% solution="slopes"
def sigmoid_prime(z):
    return np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2


def relu_prime(z):
    return np.array(np.asarray(z) > 0, dtype=float)

# %% solution="loss"
def loss(y, y_hat):
    right = np.abs(1 - y - y_hat)
    return -np.log(np.maximum(right, 1e-15))

# %% solution="derivative"
def loss_derivative(y, y_hat):
    return 1 / (1 - y - y_hat)

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    units = [relu(X[:, 0] * W[0, j] + X[:, 1] * W[1, j] + b[0, j]) * v[j, 0] for j in range(3)]
    return sigmoid(units[0] + units[1] + units[2] + c).reshape(len(X), 1)

# %% solution="gradient"
def grad_f(params, x, y):
    if len(x) <= 100:
        W, b, v, c = params
        z = x @ W + b
        delta = yhat(x, params) - y
        epsilon = delta * v.T * relu_prime(z)
        return [x.T @ epsilon, np.sum(epsilon, axis=0)[None], relu(z).T @ delta, np.sum(delta)]
    half = len(x) // 2
    first, second = grad_f(params, x[:half], y[:half]), grad_f(params, x[half:], y[half:])
    return [one + other for one, other in zip(first, second)]

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    def journey(params, steps):
        if steps == 0:
            return [params]
        if steps == 1:
            return [params, [p - lr * g for p, g in zip(params, grad_f(params, x, y))]]
        first = journey(params, steps // 2)
        return first[:-1] + journey(first[-1], steps - steps // 2)

    trajectories = journey(starting_params, iterations)
    return trajectories, [np.mean(loss(y, yhat(x, params))) for params in trajectories]

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    def journey(params, velocity, steps):
        if steps == 0:
            return [(params, velocity)]
        if steps == 1:
            moves = [alpha * u - lr * g for u, g in zip(velocity, grad_f(params, x, y))]
            return [(params, velocity), ([p + m for p, m in zip(params, moves)], moves)]
        first = journey(params, velocity, steps // 2)
        return first[:-1] + journey(*first[-1], steps - steps // 2)

    trajectories = [params for params, _ in journey(starting_params, [0.0] * 4, iterations)]
    return trajectories, [np.mean(loss(y, yhat(x, params))) for params in trajectories]

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    return yhat(np.reshape(X, (-1, 2)), [W, b, v, c])


def decision_grid(x, y, params):
    if len(y) == 1:
        nodes = np.array([[across, y[0]] for across in x])
        return (ff_nn_relu(nodes, *params) > 0.5).astype(int).reshape(1, len(x))
    return np.vstack([decision_grid(x, y[:1], params), decision_grid(x, y[1:], params)])
