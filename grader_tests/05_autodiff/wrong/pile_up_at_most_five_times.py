# Stops after five readings.
# loses: accumulate
# says: shape

# %% solution="accumulate"
def pile_up(f, x0, times):
    x = torch.tensor(x0, requires_grad=True)
    readings = []
    for _ in range(min(times, 5)):
        f(x).backward()
        readings.append(x.grad.item())
    return readings
