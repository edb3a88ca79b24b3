# Forgets to clear the gradient, so that every step contains all earlier slopes.
# loses: minimize-path
# says: not cleared

# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x = torch.tensor(x0, requires_grad=True)
    path = [x.item()]
    for _ in range(steps):
        f(x).backward()
        with torch.no_grad():
            x -= lr * x.grad
        path.append(x.item())
    return path
