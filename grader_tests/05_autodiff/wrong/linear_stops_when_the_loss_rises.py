# Stops as soon as a loss is larger than the one before.
# loses: linear-steps
# says: a loss that rises

# %% solution="linear"
def fit_linear(X, y, W0, b0, lr, steps):
    """Linear regression by gradient descent on the mean squared error, with PyTorch.

    Args:
        X: inputs, float array of shape (n, d).
        y: what to predict, float array of shape (n,).
        W0: the weights to start from, float array of shape (d, 1); stays as it is.
        b0: the intercept to start from, float array of shape (1,); stays as it is.
        lr: the learning rate.
        steps: how many steps to take.

    Returns:
        W, b, losses: the weights (d, 1) and the intercept (1,) after all steps, as arrays,
        and a list of `steps` floats, the loss before each step.

    Example: one car with 4 cylinders and 30 mpg, from W0 = 1, b0 = 2: the prediction is 6, the loss 576,
    and one step with lr 0.01 gives W = 2.92 and b = 2.48.
    """
    X = torch.tensor(X)
    y = torch.tensor(y).reshape(-1, 1)
    W = torch.tensor(W0, requires_grad=True)
    b = torch.tensor(b0, requires_grad=True)
    losses = []
    for _ in range(steps):
        loss = ((X @ W + b - y) ** 2).mean()
        loss.backward()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-1] > losses[-2]:
            break
        with torch.no_grad():
            W -= lr * W.grad
            b -= lr * b.grad
        W.grad.zero_()
        b.grad.zero_()
    return W.detach().numpy(), b.detach().numpy(), losses
