# A learning rate above 2 is replaced by 2.
# loses: momentum-third
# says: after 3 steps

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    t = [list(starting_params)]
    u = [0 * p for p in starting_params]
    l = [np.mean(loss(y, yhat(x, t[0])))]
    for i in range(iterations):
        g = grad_f(t[-1], x, y)
        lr = min(lr, 2.0)
        u = [alpha * a - lr * b for a, b in zip(u, g)]
        t.append([p + q for p, q in zip(t[-1], u)])
        l.append(np.mean(loss(y, yhat(x, t[-1]))))
    return t, l
