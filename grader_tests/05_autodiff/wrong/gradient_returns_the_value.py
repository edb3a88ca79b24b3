# Returns f(x), not its slope.
# loses: gradient
# says: value of the function

# %% solution="gradient"
def gradient(f, x0):
    x = torch.tensor(x0, requires_grad=True)
    z = f(x)
    z.backward()
    return z.item()
