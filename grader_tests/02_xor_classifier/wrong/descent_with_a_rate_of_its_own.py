# Has the learning rate of the text built in and ignores the argument.
# loses: descent-first descent-path
# says: whatever the argument says

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    W, b, v, c = starting_params
    trajectories = [[W, b, v, c]]
    losses = [np.mean(loss(y, yhat(x, [W, b, v, c])))]
    for _ in range(iterations):
        dW, db, dv, dc = grad_f([W, b, v, c], x, y)
        W = W - 1e-4 * dW
        b = b - 1e-4 * db
        v = v - 1e-4 * dv
        c = c - 1e-4 * dc
        trajectories.append([W, b, v, c])
        losses.append(np.mean(loss(y, yhat(x, [W, b, v, c]))))
    return trajectories, losses
