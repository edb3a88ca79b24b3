# The gradients come from PyTorch, and stay tensors.

# %% solution="activations"
def sigmoid(z):
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(z, dtype=float)))


def relu(z):
    return (z + np.abs(z)) / 2

# %% solution="slopes"
def sigmoid_prime(z):
    return 1.0 / (2.0 + 2.0 * np.cosh(z))


def relu_prime(z):
    return np.heaviside(z, 0)

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
import torch


def grad_f(params, x, y):
    leaves = [torch.tensor(np.asarray(part, dtype=float), requires_grad=True) for part in params]
    W, b, v, c = leaves
    scores = torch.relu(torch.tensor(np.asarray(x)) @ W + b) @ v + c
    price = torch.nn.functional.binary_cross_entropy_with_logits(scores, torch.tensor(np.asarray(y)), reduction="sum")
    return list(torch.autograd.grad(price, leaves))

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
