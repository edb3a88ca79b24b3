# Takes every step from the start, so that the journey never gets further than one step.
# loses: descent-path
# says: did not go on

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    W, b, v, c = starting_params
    trajectories = [[W, b, v, c]]
    losses = [np.mean(loss(y, yhat(x, [W, b, v, c])))]
    for _ in range(iterations):
        dW, db, dv, dc = grad_f(starting_params, x, y)
        W = starting_params[0] - lr * dW
        b = starting_params[1] - lr * db
        v = starting_params[2] - lr * dv
        c = starting_params[3] - lr * dc
        trajectories.append([W, b, v, c])
        losses.append(np.mean(loss(y, yhat(x, [W, b, v, c]))))
    return trajectories, losses
