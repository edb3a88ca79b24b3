# Takes 50 steps at most.
# loses: minimize-path
# says: yours

# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x = torch.tensor(x0, requires_grad=True)
    path = [x.item()]
    for _ in range(min(steps, 50)):
        f(x).backward()
        with torch.no_grad():
            x -= lr * x.grad
        x.grad.zero_()
        path.append(x.item())
    return path
