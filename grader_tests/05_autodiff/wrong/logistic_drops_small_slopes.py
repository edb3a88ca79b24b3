# Turns slopes of W below 1e-8 into 0.
# loses: logistic-steps
# says: tiny slopes

# %% solution="logistic"
def fit_logistic(X, y, W0, b0, lr, steps, tol):
    X = torch.tensor(X)
    y = torch.tensor(y).reshape(-1, 1)
    W = torch.tensor(W0, requires_grad=True)
    b = torch.tensor(b0, requires_grad=True)
    losses = []
    for _ in range(steps):
        p = torch.sigmoid(X @ W + b)
        loss = -(y * torch.log(p + tol) + (1 - y) * torch.log(1 - p + tol)).mean()
        loss.backward()
        W.grad[W.grad.abs() < 1e-8] = 0
        losses.append(loss.item())
        with torch.no_grad():
            W -= lr * W.grad
            b -= lr * b.grad
        W.grad.zero_()
        b.grad.zero_()
    return W.detach().numpy(), b.detach().numpy(), losses
