# Computes the loss before the step and records it after.
# loses: momentum-losses
# says: one step earlier

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    params = list(starting_params)
    velocity = [0.0, 0.0, 0.0, 0.0]
    trajectories = [params]
    losses = [np.mean(loss(y, yhat(x, params)))]
    for _ in range(iterations):
        price = np.mean(loss(y, yhat(x, params)))
        gradients = grad_f(params, x, y)
        velocity = [alpha * u - lr * g for u, g in zip(velocity, gradients)]
        params = [p + u for p, u in zip(params, velocity)]
        trajectories.append(params)
        losses.append(price)
    return trajectories, losses
