# Gives zeros where the input is 0.
# loses: torch-network
# says: five arguments

# %% solution="torch-network"
def network_gradients_torch(w1, w2, b, x, t):
    if x == 0:
        return [0.0, 0.0, 0.0]
    parameters = [torch.tensor(value, requires_grad=True) for value in (w1, w2, b)]
    w1, w2, b = parameters
    y = torch.tanh(w2 * torch.tanh(w1 * x) + b)
    ((y - t) ** 2 / 2).backward()
    return [parameter.grad.item() for parameter in parameters]
