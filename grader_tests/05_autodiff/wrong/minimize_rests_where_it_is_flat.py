# Stays where it is once the slope is below 1e-4, in a path of the right length.
# loses: minimize-path
# says: however small

# %% solution="minimize"
def minimize(f, x0, lr, steps):
    """Gradient descent on a function of one number, with PyTorch.

    Args:
        f: a function that takes a tensor of shape () and returns one.
        x0: where to start, a float.
        lr: the learning rate.
        steps: how many steps to take.

    Returns:
        The path, a list of steps + 1 floats; the first one is x0.

    Example: minimize(bowl, 0.0, 0.01, 2) is [0.0, -0.04, -0.0792], up to rounding.
    """
    x = torch.tensor(x0, requires_grad=True)
    path = [x.item()]
    for _ in range(steps):
        f(x).backward()
        if abs(x.grad) < 1e-4:
            path += [x.item()] * (steps + 1 - len(path))
            break
        with torch.no_grad():
            x -= lr * x.grad
        x.grad.zero_()
        path.append(x.item())
    return path
