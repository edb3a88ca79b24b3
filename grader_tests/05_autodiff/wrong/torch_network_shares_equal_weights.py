# Makes one leaf of two weights that are equal.
# loses: torch-network
# says: five arguments

# %% solution="torch-network"
def network_gradients_torch(w1, w2, b, x, t):
    parameters = [torch.tensor(value, requires_grad=True) for value in (w1, w2, b)]
    if w1 == w2:
        parameters[1] = parameters[0]
    w1, w2, b = parameters
    y = torch.tanh(w2 * torch.tanh(w1 * x) + b)
    ((y - t) ** 2 / 2).backward()
    return [parameter.grad.item() for parameter in parameters]
