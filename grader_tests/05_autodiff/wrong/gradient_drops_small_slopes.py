# Gives 0 for a slope below 1e-6.
# loses: gradient
# says: of any size

# %% solution="gradient"
def gradient(f, x0):
    x = torch.tensor(x0, requires_grad=True)
    f(x).backward()
    return x.grad.item() if abs(x.grad.item()) > 1e-06 else 0.0
