# Walks back from y, not from the cost.
# loses: torch-network
# says: not of the cost

# %% solution="torch-network"
def network_gradients_torch(w1, w2, b, x, t):
    parameters = [torch.tensor(value, requires_grad=True) for value in (w1, w2, b)]
    w1, w2, b = parameters
    y = torch.tanh(w2 * torch.tanh(w1 * x) + b)
    y.backward()
    return [parameter.grad.item() for parameter in parameters]
