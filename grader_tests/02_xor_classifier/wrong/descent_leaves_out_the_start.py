# Records only what comes after a step.
# loses: descent-first descent-path descent-losses
# says: one for the start

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    W, b, v, c = starting_params
    trajectories = []
    losses = []
    for _ in range(iterations):
        dW, db, dv, dc = grad_f([W, b, v, c], x, y)
        W = W - lr * dW
        b = b - lr * db
        v = v - lr * dv
        c = c - lr * dc
        trajectories.append([W, b, v, c])
        losses.append(np.mean(loss(y, yhat(x, [W, b, v, c]))))
    return trajectories, losses
