# Rounds the slope to four digits behind the point.
# loses: gradient
# says: every digit

# %% solution="gradient"
def gradient(f, x0):
    """The slope of f at x0, found by PyTorch.

    Args:
        f: a function that takes a tensor of shape () and returns one.
        x0: a float.

    Returns:
        f'(x0), a float.

    Example: gradient(bowl, 0.0) is 4.0.
    """
    x = torch.tensor(x0, requires_grad=True)
    f(x).backward()
    return round(x.grad.item(), 4)
