# Throws the velocity away where the gradient turns against it.
# loses: momentum-third
# says: turns against it

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    velocity = [np.zeros_like(np.asarray(part, dtype=float)) for part in starting_params]
    places = [starting_params]
    for _ in range(iterations):
        uphill = grad_f(places[-1], x, y)
        if sum(np.sum(one * other) for one, other in zip(velocity, uphill)) > 0:
            velocity = [0 * one for one in velocity]
        velocity = [alpha * one - lr * other for one, other in zip(velocity, uphill)]
        places.append([one + other for one, other in zip(places[-1], velocity)])
    return places, [np.mean(loss(y, yhat(x, place))) for place in places]
