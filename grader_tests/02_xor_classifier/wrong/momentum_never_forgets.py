# Keeps the velocity in a default argument, which lives on from one call to the next.
# loses: momentum-first momentum-second momentum-third momentum-start
# says: live on

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha, velocity=[0.0] * 4):
    params = list(starting_params)
    trajectories = [params]
    losses = [np.mean(loss(y, yhat(x, params)))]
    for _ in range(iterations):
        gradients = grad_f(params, x, y)
        velocity[:] = [alpha * u - lr * g for u, g in zip(velocity, gradients)]
        params = [p + u for p, u in zip(params, velocity)]
        trajectories.append(params)
        losses.append(np.mean(loss(y, yhat(x, params))))
    return trajectories, losses
