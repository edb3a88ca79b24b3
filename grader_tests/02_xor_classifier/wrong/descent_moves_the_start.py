# Changes the arrays in place, so that starting_params and all entries of trajectories are one and the same
# array.
# loses: descent-path descent-start
# says: starting_params
# says: one and the same array

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    W, b, v, c = starting_params
    trajectories = [[W, b, v, c]]
    losses = [np.mean(loss(y, yhat(x, [W, b, v, c])))]
    for _ in range(iterations):
        dW, db, dv, dc = grad_f([W, b, v, c], x, y)
        W -= lr * dW
        b -= lr * db
        v -= lr * dv
        c = c - lr * dc
        trajectories.append([W, b, v, c])
        losses.append(np.mean(loss(y, yhat(x, [W, b, v, c]))))
    return trajectories, losses
