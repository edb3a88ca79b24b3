# Walks back once, and multiplies the first reading.
# loses: accumulate
# says: the rest is multiplied

# %% solution="accumulate"
def pile_up(f, x0, times):
    x = torch.tensor(x0, requires_grad=True)
    f(x).backward()
    return [x.grad.item() * (k + 1) for k in range(times)]
