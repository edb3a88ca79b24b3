# Visits inputs and hidden units one by one in Python loops, with functions of single numbers from the math module.

# %% own
import math


def single(function, z):
    """Apply a function of one number to every entry."""
    return np.vectorize(function, otypes=[float])(z)


# %% solution="activations"
def sigmoid(z):
    return single(lambda number: 1.0 / (1.0 + math.exp(-number)), z)


def relu(z):
    return single(lambda number: max(0.0, number), z)

# %% solution="slopes"
def sigmoid_prime(z):
    return single(lambda number: math.exp(-number) / (1.0 + math.exp(-number)) ** 2, z)


def relu_prime(z):
    return single(lambda number: 1.0 if number > 0 else 0.0, z)

# %% solution="loss"
def loss(y, y_hat):
    def price(label, prediction):
        chance = prediction if label == 1 else 1.0 - prediction
        return -math.log(max(chance, 1e-15))

    return np.vectorize(price, otypes=[float])(y, y_hat)

# %% solution="derivative"
def loss_derivative(y, y_hat):
    return np.vectorize(lambda label, p: -1.0 / p if label == 1 else 1.0 / (1.0 - p), otypes=[float])(y, y_hat)

# %% own
def walk_forward(x, params):
    """Lists of columns, one for each hidden unit: z and a; and the column s."""
    W, b, v, c = params
    z, a, s = [], [], c
    for j in range(3):
        z.append(b[0][j] + sum(W[i][j] * x[:, i] for i in range(2)))
        a.append(np.where(z[j] > 0, z[j], 0.0))
        s = s + a[j] * v[j][0]
    return z, a, s


# %% solution="forward"
def yhat(X, params):
    _, _, s = walk_forward(X, params)
    return (1.0 / (1.0 + np.exp(-s)))[:, None]

# %% solution="gradient"
def grad_f(params, x, y):
    dW, db, dv = np.zeros((2, 3)), np.zeros((1, 3)), np.zeros((3, 1))
    z, a, s = walk_forward(x, params)
    errors = 1.0 / (1.0 + np.exp(-s)) - y[:, 0]
    for j in range(3):
        dv[j, 0] = np.dot(errors, a[j])
        at_unit = errors * params[2][j, 0] * (z[j] > 0)
        db[0, j] = np.sum(at_unit)
        for i in range(2):
            dW[i, j] = np.dot(at_unit, x[:, i])
    return [dW, db, dv, float(np.sum(errors))]

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    W, b, v, c = starting_params
    trajectories, losses = [[W, b, v, c]], [float(np.mean(loss(y, yhat(x, starting_params))))]
    for _ in range(iterations):
        dW, db, dv, dc = grad_f([W, b, v, c], x, y)
        W, b, v, c = W - lr * dW, b - lr * db, v - lr * dv, c - lr * dc
        trajectories.append([W, b, v, c])
        losses.append(sum(loss(y, yhat(x, [W, b, v, c]))[:, 0]) / len(y))
    return trajectories, losses

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    W, b, v, c = starting_params
    uW, ub, uv, uc = 0.0, 0.0, 0.0, 0.0
    trajectories, losses = [[W, b, v, c]], [float(np.mean(loss(y, yhat(x, starting_params))))]
    for _ in range(iterations):
        dW, db, dv, dc = grad_f([W, b, v, c], x, y)
        uW = alpha * uW - lr * dW
        ub = alpha * ub - lr * db
        uv = alpha * uv - lr * dv
        uc = alpha * uc - lr * dc
        W, b, v, c = W + uW, b + ub, v + uv, c + uc
        trajectories.append([W, b, v, c])
        losses.append(float(np.mean(loss(y, yhat(x, [W, b, v, c])))))
    return trajectories, losses

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    return yhat(np.atleast_2d(X), [W, b, v, c])


def decision_grid(x, y, params):
    W, b, v, c = params
    grid = []
    for up in y:
        row = []
        for across in x:
            answer = ff_nn_relu(np.array([across, up]), W, b, v, c)
            row.append(1 if float(np.ravel(answer)[0]) > 0.5 else 0)
        grid.append(row)
    return np.array(grid)
