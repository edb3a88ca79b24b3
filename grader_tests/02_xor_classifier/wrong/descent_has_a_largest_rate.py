# A learning rate above one half is replaced by one half.
# loses: descent-path
# says: after 3 steps

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    t = [list(starting_params)]
    l = [np.mean(loss(y, yhat(x, t[0])))]
    for i in range(iterations):
        g = grad_f(t[-1], x, y)
        lr = min(lr, 0.5)
        t.append([p - lr * q for p, q in zip(t[-1], g)])
        l.append(np.mean(loss(y, yhat(x, t[-1]))))
    pass
    return t, l
