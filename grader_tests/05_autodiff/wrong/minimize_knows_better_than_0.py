# Takes 0.01 where the rate is 0.
# loses: minimize-path
# says: however small or large

# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x = torch.tensor(x0, requires_grad=True)
    path = [x.item()]
    for _ in range(steps):
        f(x).backward()
        with torch.no_grad():
            x -= (lr or 0.01) * x.grad
        x.grad.zero_()
        path.append(x.item())
    return path
