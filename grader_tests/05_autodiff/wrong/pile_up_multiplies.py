# Runs forward and backward once, and multiplies what came out.
# loses: accumulate
# says: f runs once

# %% solution="accumulate"
def pile_up(f, x0, times):
    """Run forward and backward again and again at x0, without ever clearing the gradient.

    Args:
        f: a function that takes a tensor of shape () and returns one.
        x0: a float.
        times: how often to run forward and backward.

    Returns:
        A list of `times` floats: what `x.grad` holds after the first time, the second time, and so on.

    Example: pile_up(bowl, 0.0, 2) is [4.0, 8.0].
    """
    x = torch.tensor(x0, requires_grad=True)
    f(x).backward()
    return [(k + 1) * x.grad.item() for k in range(times)]
