# Adds each reading to the one before, though PyTorch has done that already.
# loses: accumulate
# says: themselves added up

# %% solution="accumulate"
def pile_up(f, x0, times):
    x = torch.tensor(x0, requires_grad=True)
    readings = []
    for _ in range(times):
        f(x).backward()
        readings.append(x.grad.item() + (readings[-1] if readings else 0.0))
    return readings
