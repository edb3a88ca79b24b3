# Packs all 13 parameters into one long vector, trains that, and unpacks it again for the record.

# %% own
SHAPES = ((2, 3), (1, 3), (3, 1), ())


def pack(parts):
    return np.concatenate([np.ravel(part) for part in parts])


def unpack(vector):
    parts = np.split(vector, [6, 9, 12])
    return [part.reshape(shape) for part, shape in zip(parts, SHAPES)]


# %% solution="activations"
def sigmoid(z):
    return np.reciprocal(1.0 + np.exp(np.negative(z)))


def relu(z):
    out = np.array(z, dtype=float)
    out[out < 0] = 0
    return out

# %% solution="slopes"
def sigmoid_prime(z):
    s = sigmoid(z)
    return s - s * s


def relu_prime(z):
    out = np.zeros(np.shape(z))
    out[np.asarray(z) > 0] = 1
    return out

# %% solution="loss"
def loss(y, y_hat):
    y_hat = np.minimum(np.maximum(y_hat, 1e-15), 1 - 1e-15)
    return -np.log(y_hat ** y * (1 - y_hat) ** (1 - y))

# %% solution="derivative"
def loss_derivative(y, y_hat):
    return np.divide(np.subtract(y_hat, y), np.multiply(y_hat, np.subtract(1, y_hat)))

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    with_ones = np.hstack([X, np.ones((len(X), 1))])
    a = relu(with_ones @ np.vstack([W, b]))
    return sigmoid(np.hstack([a, np.ones((len(a), 1))]) @ np.vstack([v, [[c]]]))

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    ones = np.ones((len(x), 1))
    with_ones = np.hstack([x, ones])
    z = with_ones @ np.vstack([W, b])
    a = np.hstack([relu(z), ones])
    delta = sigmoid(a @ np.vstack([v, [[c]]])) - y
    second = a.T @ delta
    first = with_ones.T @ ((delta @ v.T) * relu_prime(z))
    return [first[:2], first[2:], second[:3], second[3, 0]]

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    theta = pack(starting_params)
    vectors = [theta]
    for _ in range(iterations):
        theta = theta - lr * pack(grad_f(unpack(theta), x, y))
        vectors.append(theta)
    trajectories = [unpack(vector) for vector in vectors]
    return trajectories, [np.mean(loss(y, yhat(x, params))) for params in trajectories]

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    theta = np.zeros((iterations + 1, 13))
    theta[0] = pack(starting_params)
    u = np.zeros(13)
    for k in range(iterations):
        u *= alpha
        u -= lr * pack(grad_f(unpack(theta[k].copy()), x, y))
        theta[k + 1] = theta[k] + u
    trajectories = [unpack(vector) for vector in theta]
    return trajectories, [np.mean(loss(y, yhat(x, params))) for params in trajectories]

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    return yhat(np.asarray(X).reshape(-1, 2), [W, b, v, c])


def decision_grid(x, y, params):
    nodes = np.dstack(np.meshgrid(x, y)).reshape(-1, 2)
    return (1 * (ff_nn_relu(nodes, *params) > 0.5)).reshape(len(y), -1)
