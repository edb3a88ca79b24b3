# Fits the first 1,000 rows.
# loses: linear-steps
# says: One row or thousands

# %% solution="linear"
def fit_linear(X, y, W0, b0, lr, steps):
    X = torch.tensor(X)
    y = torch.tensor(y).reshape(-1, 1)
    W = torch.tensor(W0, requires_grad=True)
    b = torch.tensor(b0, requires_grad=True)
    X, y = X[:1000], y[:1000]
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
