# Moves by the old velocity and brings the velocity up to date afterwards.
# loses: momentum-first momentum-second momentum-third
# says: before it is used

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    params = list(starting_params)
    velocity = [0.0, 0.0, 0.0, 0.0]
    trajectories = [params]
    losses = [np.mean(loss(y, yhat(x, params)))]
    for _ in range(iterations):
        gradients = grad_f(params, x, y)
        params = [p + u for p, u in zip(params, velocity)]
        velocity = [alpha * u - lr * g for u, g in zip(velocity, gradients)]
        trajectories.append(params)
        losses.append(np.mean(loss(y, yhat(x, params))))
    return trajectories, losses
