# Stores the tensor x.grad itself, which goes on changing after it was stored.
# loses: accumulate
# says: one and the same tensor

# %% solution="accumulate"
def pile_up(f, x0, times):
    x = torch.tensor(x0, requires_grad=True)
    readings = []
    for _ in range(times):
        f(x).backward()
        readings.append(x.grad)
    return readings
