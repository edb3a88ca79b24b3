# Moves W, then measures the gradient of b at the new W, and so on.
# loses: descent-first descent-path
# says: before the next gradient was taken

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    W, b, v, c = starting_params
    trajectories = [[W, b, v, c]]
    losses = [np.mean(loss(y, yhat(x, [W, b, v, c])))]
    for _ in range(iterations):
        W = W - lr * grad_f([W, b, v, c], x, y)[0]
        b = b - lr * grad_f([W, b, v, c], x, y)[1]
        v = v - lr * grad_f([W, b, v, c], x, y)[2]
        c = c - lr * grad_f([W, b, v, c], x, y)[3]
        trajectories.append([W, b, v, c])
        losses.append(np.mean(loss(y, yhat(x, [W, b, v, c]))))
    return trajectories, losses
