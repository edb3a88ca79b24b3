# Clears the gradient after each reading, where it should be seen to pile up.
# loses: accumulate
# says: here it should pile up

# %% solution="accumulate"
def pile_up(f, x0, times):
    x = torch.tensor(x0, requires_grad=True)
    readings = []
    for _ in range(times):
        f(x).backward()
        readings.append(x.grad.item())
        x.grad.zero_()
    return readings
