# Clears the gradient each time, and adds the readings up by itself.
# loses: accumulate
# says: PyTorch adds, not you

# %% solution="accumulate"
def pile_up(f, x0, times):
    x = torch.tensor(x0, requires_grad=True)
    readings = []
    for _ in range(times):
        f(x).backward()
        readings.append(x.grad.item() + (readings[-1] if readings else 0.0))
        x.grad.zero_()
    return readings
