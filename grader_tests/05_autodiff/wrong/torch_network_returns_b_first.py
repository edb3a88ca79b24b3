# Returns the gradients in the order b, w2, w1.
# loses: torch-network
# says: each other's places

# %% solution="torch-network"
def network_gradients_torch(w1, w2, b, x, t):
    parameters = [torch.tensor(value, requires_grad=True) for value in (w1, w2, b)]
    w1, w2, b = parameters
    y = torch.tanh(w2 * torch.tanh(w1 * x) + b)
    ((y - t) ** 2 / 2).backward()
    return [parameter.grad.item() for parameter in reversed(parameters)]
