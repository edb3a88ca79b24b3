# Adds the velocity in place, so that starting_params and all entries of trajectories move along.
# loses: momentum-first momentum-third momentum-start momentum-losses
# says: starting_params

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    params = list(starting_params)
    velocity = [0.0, 0.0, 0.0, 0.0]
    trajectories = [params]
    losses = [np.mean(loss(y, yhat(x, params)))]
    for _ in range(iterations):
        gradients = grad_f(params, x, y)
        velocity = [alpha * u - lr * g for u, g in zip(velocity, gradients)]
        for k in range(4):
            params[k] += velocity[k]
        trajectories.append(params)
        losses.append(np.mean(loss(y, yhat(x, params))))
    return trajectories, losses
