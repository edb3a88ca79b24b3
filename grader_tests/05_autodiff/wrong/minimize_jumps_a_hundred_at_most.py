# Cuts each step at 100.
# loses: minimize-path
# says: however small or large

# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x = torch.tensor(x0, requires_grad=True)
    path = [x.item()]
    for _ in range(steps):
        f(x).backward()
        with torch.no_grad():
            x -= (lr * x.grad).clamp(-100, 100)
        x.grad.zero_()
        path.append(x.item())
    return path
