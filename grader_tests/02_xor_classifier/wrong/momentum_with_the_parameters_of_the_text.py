# Has alpha = 0.5 built in and ignores the argument.
# loses: momentum-second momentum-third
# says: alpha is 0.5

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    params = list(starting_params)
    velocity = [0.0, 0.0, 0.0, 0.0]
    trajectories = [params]
    losses = [np.mean(loss(y, yhat(x, params)))]
    for _ in range(iterations):
        gradients = grad_f(params, x, y)
        velocity = [0.5 * u - lr * g for u, g in zip(velocity, gradients)]
        params = [p + u for p, u in zip(params, velocity)]
        trajectories.append(params)
        losses.append(np.mean(loss(y, yhat(x, params))))
    return trajectories, losses
