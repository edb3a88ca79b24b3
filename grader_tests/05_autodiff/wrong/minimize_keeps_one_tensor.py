# Stores a detached tensor, which shares its memory with x and goes on changing.
# loses: minimize-path
# says: one and the same tensor

# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x = torch.tensor(x0, requires_grad=True)
    path = [x.detach()]
    for _ in range(steps):
        f(x).backward()
        with torch.no_grad():
            x -= lr * x.grad
        x.grad.zero_()
        path.append(x.detach())
    return path
