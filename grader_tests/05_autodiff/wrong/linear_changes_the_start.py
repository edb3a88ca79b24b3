# Makes leaves that share their memory with the arrays of the caller, and moves them in place.
# loses: linear-start
# says: from_numpy makes no copy

# %% solution="linear"
def fit_linear(X, y, W0, b0, lr, steps):
    X = torch.tensor(X)
    y = torch.tensor(y).reshape(-1, 1)
    W = torch.from_numpy(W0).requires_grad_()
    b = torch.from_numpy(b0).requires_grad_()
    losses = []
    for _ in range(steps):
        loss = ((X @ W + b - y) ** 2).mean()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            W -= lr * W.grad
            b -= lr * b.grad
        W.grad.zero_()
        b.grad.zero_()
    return W.detach().numpy(), b.detach().numpy(), losses
