# Gives up as soon as the loss is three times as large as at first.
# loses: logistic-steps
# says: a loss that rises

# %% solution="logistic"
def fit_logistic(X, y, W0, b0, lr, steps, tol):
    """Logistic regression by gradient descent on the cross-entropy, with PyTorch.

    Args:
        X: inputs, float array of shape (n, d).
        y: the answers, float array of shape (n,), each 0.0 or 1.0.
        W0: the weights to start from, float array of shape (d, 1); stays as it is.
        b0: the intercept to start from, float array of shape (1,); stays as it is.
        lr: the learning rate.
        steps: how many steps to take.
        tol: the guard inside both logarithms.

    Returns:
        W, b, losses: the weights (d, 1) and the intercept (1,) after all steps, as arrays,
        and a list of `steps` floats, the loss before each step.

    Example: one woman with 2 pregnancies and the answer 1, from W0 = 0.5, b0 = -1: p is 0.5, the loss 0.6931,
    and one step with lr 0.1 and a tiny tol gives W = 0.6 and b = -0.95.
    """
    X = torch.tensor(X)
    y = torch.tensor(y).reshape(-1, 1)
    W = torch.tensor(W0, requires_grad=True)
    b = torch.tensor(b0, requires_grad=True)
    losses = []
    for _ in range(steps):
        p = torch.sigmoid(X @ W + b)
        loss = -(y * torch.log(p + tol) + (1 - y) * torch.log(1 - p + tol)).mean()
        loss.backward()
        losses.append(loss.item())
        if losses[-1] > 3 * losses[0]:
            break
        with torch.no_grad():
            W -= lr * W.grad
            b -= lr * b.grad
        W.grad.zero_()
        b.grad.zero_()
    return W.detach().numpy(), b.detach().numpy(), losses
