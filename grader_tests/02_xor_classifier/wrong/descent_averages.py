# Divides by the number of points, after the gradients were summed.
# loses: descent-first descent-path
# says: divided by the number of points

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    W, b, v, c = starting_params
    trajectories = [[W, b, v, c]]
    losses = [np.mean(loss(y, yhat(x, [W, b, v, c])))]
    for _ in range(iterations):
        dW, db, dv, dc = grad_f([W, b, v, c], x, y)
        W = W - lr / len(x) * dW
        b = b - lr / len(x) * db
        v = v - lr / len(x) * dv
        c = c - lr / len(x) * dc
        trajectories.append([W, b, v, c])
        losses.append(np.mean(loss(y, yhat(x, [W, b, v, c]))))
    return trajectories, losses
