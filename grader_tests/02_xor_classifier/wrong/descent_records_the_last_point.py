# Records the loss of the last point only.
# loses: descent-losses
# says: last point only

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    W, b, v, c = starting_params
    trajectories = [[W, b, v, c]]
    losses = [loss(y, yhat(x, [W, b, v, c]))[-1, 0]]
    for _ in range(iterations):
        dW, db, dv, dc = grad_f([W, b, v, c], x, y)
        W = W - lr * dW
        b = b - lr * db
        v = v - lr * dv
        c = c - lr * dc
        trajectories.append([W, b, v, c])
        losses.append(loss(y, yhat(x, [W, b, v, c]))[-1, 0])
    return trajectories, losses
