# The slopes live in the functions themselves, behind a flag.

# %% solution="activations"
def sigmoid(z, slope=False):
    value = 1 / (1 + np.exp(-z))
    return value * (1 - value) if slope else value


def relu(z, slope=False):
    return np.where(z > 0, 1.0, 0.0) if slope else np.where(z > 0, z, 0.0)

# %% solution="slopes"
def sigmoid_prime(z):
    return sigmoid(z, slope=True)


def relu_prime(z):
    return relu(z, True)

# %% solution="loss"
def loss(y, y_hat):
    chance = np.where(np.asarray(y) == 1, y_hat, 1 - np.asarray(y_hat))
    return -np.log(np.clip(chance, 1e-15, None))

# %% solution="derivative"
def loss_derivative(y, y_hat):
    return np.where(np.asarray(y) == 1, -1, 1) / np.where(np.asarray(y) == 1, y_hat, 1 - np.asarray(y_hat))

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    sums = np.einsum("ni,ij->nj", X, W) + b
    return sigmoid(np.einsum("nj,jk->nk", relu(sums), v) + c)

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    z = np.einsum("ni,ij->nj", x, W) + b
    delta = (sigmoid(np.einsum("nj,jk->nk", relu(z), v) + c) - y)[:, 0]
    epsilon = np.einsum("n,j,nj->nj", delta, v[:, 0], np.heaviside(z, 0))
    return [
        np.einsum("ni,nj->ij", x, epsilon),
        np.einsum("nj->j", epsilon)[None, :],
        np.einsum("nj,n->j", relu(z), delta)[:, None],
        np.einsum("n->", delta),
    ]

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    record = [(starting_params, np.average(loss(y, yhat(x, starting_params))))]
    while len(record) <= iterations:
        params = record[-1][0]
        slopes = grad_f(params, x, y)
        params = [np.subtract(params[k], np.multiply(lr, slopes[k])) for k in range(4)]
        record.append((params, np.average(loss(y, yhat(x, params)))))
    return [entry[0] for entry in record], np.array([entry[1] for entry in record])

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    # The heavy ball: the last step is what the last two places differ by.
    places = [list(starting_params), list(starting_params)]
    for _ in range(iterations):
        before, here = places[-2:]
        slopes = grad_f(here, x, y)
        places.append([h - lr * g + alpha * (h - o) for o, h, g in zip(before, here, slopes)])
    places = places[1:]
    return places, np.array([np.average(loss(y, yhat(x, place))) for place in places])

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    X = np.reshape(X, (-1, 2))
    z = np.einsum("ni,ij->nj", X, W) + b
    return sigmoid(np.einsum("nj,jk->nk", relu(z), v) + c)


def decision_grid(x, y, params):
    rows = [ff_nn_relu(np.stack([x, np.full(len(x), up)], axis=1), *params)[:, 0] for up in y]
    return np.array(rows) > 0.5
