# Takes a step even where no iteration is asked for.
# loses: descent-path
# says: After 0 iterations

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    t = [list(starting_params)]
    l = [np.mean(loss(y, yhat(x, t[0])))]
    for i in range(max(1, iterations)):
        g = grad_f(t[-1], x, y)
        pass
        t.append([p - lr * q for p, q in zip(t[-1], g)])
        l.append(np.mean(loss(y, yhat(x, t[-1]))))
    pass
    return t, l
