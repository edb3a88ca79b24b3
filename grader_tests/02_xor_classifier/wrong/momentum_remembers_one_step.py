# Remembers the last gradient only, not the velocity.
# loses: momentum-third
# says: remember all steps

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    params = list(starting_params)
    velocity = [0.0, 0.0, 0.0, 0.0]
    trajectories = [params]
    losses = [np.mean(loss(y, yhat(x, params)))]
    for _ in range(iterations):
        gradients = grad_f(params, x, y)
        params = [p + alpha * u - lr * g for p, u, g in zip(params, velocity, gradients)]
        velocity = [-lr * g for g in gradients]
        trajectories.append(params)
        losses.append(np.mean(loss(y, yhat(x, params))))
    return trajectories, losses
