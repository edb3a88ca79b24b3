# Takes no tolerance above 0.1.
# loses: logistic-tolerance
# says: of any size

# %% solution="logistic"
def fit_logistic(X, y, W0, b0, lr, steps, tol):
    X = torch.tensor(X)
    y = torch.tensor(y).reshape(-1, 1)
    W = torch.tensor(W0, requires_grad=True)
    b = torch.tensor(b0, requires_grad=True)
    tol = min(tol, 0.1)
    losses = []
    for _ in range(steps):
        p = torch.sigmoid(X @ W + b)
        loss = -(y * torch.log(p + tol) + (1 - y) * torch.log(1 - p + tol)).mean()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            W -= lr * W.grad
            b -= lr * b.grad
        W.grad.zero_()
        b.grad.zero_()
    return W.detach().numpy(), b.detach().numpy(), losses
