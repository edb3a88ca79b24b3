# Adds the gradient.
# loses: minimize-step minimize-path
# says: uphill

# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x = torch.tensor(x0, requires_grad=True)
    path = [x.item()]
    for _ in range(steps):
        f(x).backward()
        with torch.no_grad():
            x += lr * x.grad
        x.grad.zero_()
        path.append(x.item())
    return path
