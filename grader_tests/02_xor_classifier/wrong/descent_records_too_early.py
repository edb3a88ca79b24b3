# Computes the loss before the step and records it after.
# loses: descent-losses
# says: one step earlier

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    W, b, v, c = starting_params
    trajectories = [[W, b, v, c]]
    losses = [np.mean(loss(y, yhat(x, [W, b, v, c])))]
    for _ in range(iterations):
        price = np.mean(loss(y, yhat(x, [W, b, v, c])))
        dW, db, dv, dc = grad_f([W, b, v, c], x, y)
        W = W - lr * dW
        b = b - lr * db
        v = v - lr * dv
        c = c - lr * dc
        trajectories.append([W, b, v, c])
        losses.append(price)
    return trajectories, losses
