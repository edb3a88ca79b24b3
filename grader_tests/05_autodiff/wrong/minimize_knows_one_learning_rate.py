# Has the learning rate of the example built in.
# loses: minimize-step minimize-path
# says: lr is always 0.01

# %% solution="minimize"
def minimize(f, x0, lr, steps):
    x = torch.tensor(x0, requires_grad=True)
    path = [x.item()]
    for _ in range(steps):
        f(x).backward()
        with torch.no_grad():
            x -= 0.01 * x.grad
        x.grad.zero_()
        path.append(x.item())
    return path
