# Uses the loss of PyTorch that works on z, which needs no tolerance and gives another value.
# loses: logistic-tolerance
# says: ready-made loss

# %% solution="logistic"
def fit_logistic(X, y, W0, b0, lr, steps, tol):
    X = torch.tensor(X)
    y = torch.tensor(y).reshape(-1, 1)
    W = torch.tensor(W0, requires_grad=True)
    b = torch.tensor(b0, requires_grad=True)
    losses = []
    for _ in range(steps):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(X @ W + b, y)
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            W -= lr * W.grad
            b -= lr * b.grad
        W.grad.zero_()
        b.grad.zero_()
    return W.detach().numpy(), b.detach().numpy(), losses
