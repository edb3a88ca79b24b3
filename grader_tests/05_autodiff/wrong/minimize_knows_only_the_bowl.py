# Uses the slope 2x + 4 of the bowl, whatever f is.
# loses: minimize-step minimize-path
# says: use the argument f

# %% solution="minimize"
def minimize(f, x0, lr, steps):
    path = [x0]
    for _ in range(steps):
        path.append(path[-1] - lr * (2 * path[-1] + 4))
    return path
