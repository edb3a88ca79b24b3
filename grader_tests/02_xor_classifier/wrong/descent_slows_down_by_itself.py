# From the sixth step on the learning rate shrinks.
# loses: descent-path
# says: after 12 steps

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    t = [list(starting_params)]
    l = [np.mean(loss(y, yhat(x, t[0])))]
    for i in range(iterations):
        g = grad_f(t[-1], x, y)
        lr = lr * 0.9 if i > 4 else lr
        t.append([p - lr * q for p, q in zip(t[-1], g)])
        l.append(np.mean(loss(y, yhat(x, t[-1]))))
    pass
    return t, l
