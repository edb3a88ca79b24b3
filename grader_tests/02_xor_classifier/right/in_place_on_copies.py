# Copies the starting parameters once, then changes the copies in place and stores a copy of them after every step.

# %% own
from copy import deepcopy


# %% solution="activations"
def sigmoid(z):
    result = np.array(z, dtype=float)
    result *= -1
    result = np.exp(result)
    result += 1
    return 1 / result


def relu(z):
    return np.fmax(z, 0)

# %% solution="slopes"
def sigmoid_prime(z):
    return (1 - sigmoid(z)) * sigmoid(z)


def relu_prime(z):
    return np.greater(z, 0)

# %% solution="loss"
def loss(y, y_hat):
    y_hat = np.clip(y_hat, 1e-14, 1 - 1e-14)
    prices = np.zeros(np.shape(y))
    prices -= y * np.log(y_hat)
    prices -= (1 - y) * np.log1p(-y_hat)
    return prices

# %% solution="derivative"
def loss_derivative(y, y_hat):
    slopes = np.array(1 - y, dtype=float)
    slopes /= 1 - y_hat
    slopes -= y / y_hat
    return slopes

# %% solution="forward"
def yhat(X, params):
    W, b, v, c = params
    Z = X @ W
    Z += b
    np.maximum(Z, 0, out=Z)
    S = Z @ v
    S += c
    return sigmoid(S)

# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = params
    Z = x @ W
    Z += b
    on = Z > 0
    A = Z * on
    E = sigmoid(A @ v + c)
    E -= y
    back = np.repeat(E, 3, axis=1)
    back *= v.T
    back[~on] = 0
    return [np.transpose(back.T @ x), back.sum(axis=0, keepdims=True), np.transpose(E.T @ A), float(E.sum())]

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    params = deepcopy(starting_params)
    trajectories = [deepcopy(params)]
    losses = [loss(y, yhat(x, params)).mean()]
    for _ in range(iterations):
        for k, slope_here in enumerate(grad_f(params, x, y)):
            params[k] -= lr * slope_here
        trajectories.append(deepcopy(params))
        losses.append(loss(y, yhat(x, params)).mean())
    return trajectories, losses

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    params = deepcopy(starting_params)
    velocity = [np.zeros(np.shape(p)) for p in params]
    trajectories = [deepcopy(params)]
    losses = [loss(y, yhat(x, params)).mean()]
    for _ in range(iterations):
        for k, slope_here in enumerate(grad_f(params, x, y)):
            velocity[k] *= alpha
            velocity[k] -= lr * slope_here
            params[k] += velocity[k]
        trajectories.append(deepcopy(params))
        losses.append(loss(y, yhat(x, params)).mean())
    return trajectories, losses

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    Z = np.matmul(X, W) + b
    np.maximum(Z, 0, out=Z)
    return sigmoid(Z @ v + c)


def decision_grid(x, y, params):
    Z = np.empty((len(y), len(x)), dtype=int)
    for i in range(len(y)):
        for j in range(len(x)):
            Z[i, j] = np.ravel(yhat(np.array([[x[j], y[i]]]), params))[0] > 0.5
    return Z
