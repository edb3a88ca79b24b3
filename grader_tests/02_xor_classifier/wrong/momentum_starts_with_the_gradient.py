# Starts the velocity with the first gradient instead of 0.
# loses: momentum-first momentum-second momentum-third
# says: on top of it

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    params = list(starting_params)
    velocity = [-lr * g for g in grad_f(params, x, y)]
    trajectories = [params]
    losses = [np.mean(loss(y, yhat(x, params)))]
    for _ in range(iterations):
        gradients = grad_f(params, x, y)
        velocity = [alpha * u - lr * g for u, g in zip(velocity, gradients)]
        params = [p + u for p, u in zip(params, velocity)]
        trajectories.append(params)
        losses.append(np.mean(loss(y, yhat(x, params))))
    return trajectories, losses
