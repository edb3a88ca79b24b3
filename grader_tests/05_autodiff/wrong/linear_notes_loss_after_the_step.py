# Notes each loss after the step, so that the loss of the start is never seen.
# loses: linear-loss linear-steps
# says: noted after the step

# %% solution="linear"
def fit_linear(X, y, W0, b0, lr, steps):
    X = torch.tensor(X)
    y = torch.tensor(y).reshape(-1, 1)
    W = torch.tensor(W0, requires_grad=True)
    b = torch.tensor(b0, requires_grad=True)
    losses = []
    for _ in range(steps):
        loss = ((X @ W + b - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            W -= lr * W.grad
            b -= lr * b.grad
        W.grad.zero_()
        b.grad.zero_()
        losses.append(((X @ W + b - y) ** 2).mean().item())
    return W.detach().numpy(), b.detach().numpy(), losses
