# Computes the loss of the predictions against the predictions.
# loses: descent-losses
# says: compared with itself

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    W, b, v, c = starting_params
    trajectories = [[W, b, v, c]]
    losses = [np.mean(loss(yhat(x, [W, b, v, c]), yhat(x, [W, b, v, c])))]
    for _ in range(iterations):
        dW, db, dv, dc = grad_f([W, b, v, c], x, y)
        W = W - lr * dW
        b = b - lr * db
        v = v - lr * dv
        c = c - lr * dc
        trajectories.append([W, b, v, c])
        losses.append(np.mean(loss(yhat(x, [W, b, v, c]), yhat(x, [W, b, v, c]))))
    return trajectories, losses
