# Right in every question, and computed in numbers of 32 bits.
# loses: activations-relu slopes-sigmoid loss-value derivative forward gradient-dc gradient-dv gradient-db gradient-dw descent-first descent-path momentum-first momentum-second momentum-third boundary-network
# says: float64
# also: 32 bits

# %% solution="activations"
def sigmoid(z):
    return 1 / (1 + np.exp(-np.asarray(z, dtype=np.float32)))


def relu(z):
    return np.maximum(np.asarray(z, dtype=np.float32), 0)


# %% solution="slopes"
def sigmoid_prime(z):
    s = sigmoid(z).astype(np.float32)
    return s * (1 - s)


def relu_prime(z):
    return (np.asarray(z) > 0).astype(np.float32)


# %% solution="loss"
def loss(y, y_hat):
    y, y_hat = np.asarray(y, dtype=np.float32), np.asarray(y_hat, dtype=np.float32)
    tiny = np.float32(1e-15)
    return -(y * np.log(y_hat + tiny) + (1 - y) * np.log(1 - y_hat + tiny))


# %% solution="derivative"
def loss_derivative(y, y_hat):
    y, y_hat = np.asarray(y, dtype=np.float32), np.asarray(y_hat, dtype=np.float32)
    return -y / y_hat + (1 - y) / (1 - y_hat)


# %% solution="forward"
def yhat(X, params):
    W, b, v, c = (np.asarray(part, dtype=np.float32) for part in params)
    return sigmoid(relu(np.asarray(X, dtype=np.float32) @ W + b) @ v + c).astype(np.float32)


# %% solution="gradient"
def grad_f(params, x, y):
    W, b, v, c = (np.asarray(part, dtype=np.float32) for part in params)
    x, y = np.asarray(x, dtype=np.float32), np.asarray(y, dtype=np.float32)
    z = x @ W + b
    a = np.maximum(z, 0)
    delta = (sigmoid(a @ v + c) - y).astype(np.float32)
    epsilon = delta @ v.T * (z > 0)
    return [x.T @ epsilon, epsilon.sum(axis=0, keepdims=True), a.T @ delta, delta.sum()]


# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    params = [np.asarray(part, dtype=np.float32) for part in starting_params]
    trajectories, losses = [params], [np.mean(loss(y, yhat(x, params)))]
    for _ in range(iterations):
        params = [np.float32(part - lr * slope) for part, slope in zip(params, grad_f(params, x, y))]
        trajectories.append(params)
        losses.append(np.mean(loss(y, yhat(x, params))))
    return trajectories, losses


# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    params = [np.asarray(part, dtype=np.float32) for part in starting_params]
    velocity = [np.zeros_like(part) for part in params]
    trajectories, losses = [params], [np.mean(loss(y, yhat(x, params)))]
    for _ in range(iterations):
        slopes = grad_f(params, x, y)
        velocity = [np.float32(alpha * v - lr * slope) for v, slope in zip(velocity, slopes)]
        params = [part + v for part, v in zip(params, velocity)]
        trajectories.append(params)
        losses.append(np.mean(loss(y, yhat(x, params))))
    return trajectories, losses


# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    return yhat(np.asarray(X).reshape(-1, 2), [W, b, v, c])


def decision_grid(x, y, params):
    right, up = np.meshgrid(x, y)
    points = np.column_stack([right.ravel(), up.ravel()]).astype(np.float32)
    return ff_nn_relu(points, *params).reshape(right.shape) > 0.5
